/** A show that tickets are sold for. */
export interface Show {
  /** Lower-case words with dashes: the address below /events, and the label of its tickets. */
  readonly id: string;
  readonly title: string;
  readonly venue: string;
  /** Dollars for one ticket. */
  readonly price: number;
}

/** Everything on sale. The list is closed, so that a ticket counter by event stays bounded. */
export const catalogue: readonly Show[] = [
  { id: "harbour-jazz", title: "Harbour Jazz Night", venue: "Pier 4", price: 35 },
  { id: "winter-circus", title: "The Winter Circus", venue: "Big Top", price: 28 },
  { id: "northern-choir", title: "Northern Choir", venue: "St Olave's", price: 22 },
  { id: "midnight-film", title: "Midnight Film Club", venue: "Rialto", price: 12 },
  { id: "derby-final", title: "Derby Final", venue: "City Ground", price: 60 },
  { id: "string-quartet", title: "String Quartet", venue: "Old Library", price: 40 },
];

export function findShow(id: string): Show | undefined {
  return catalogue.find((show) => show.id === id);
}
