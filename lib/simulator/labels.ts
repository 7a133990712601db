/** An alert's labels. One that is empty is the same as one that is missing. */
export type Labels = Readonly<Record<string, string>>;

/** A label's value; empty when it is missing. */
export const labelValue = (labels: Labels, name: string) => (Object.hasOwn(labels, name) ? (labels[name] ?? "") : "");

/** The labels that have a value, by name. */
export const sortedLabels = (labels: Labels): readonly (readonly [string, string])[] =>
  Object.entries(labels)
    .filter(([, value]) => value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** What tells one alert from another: two with the same labels are the same alert. */
export const fingerprint = (labels: Labels) => JSON.stringify(sortedLabels(labels));

/** As Alertmanager writes them: `{alertname="DatabaseDown", service="tickets"}`. */
export const labelsText = (labels: Labels) =>
  `{${sortedLabels(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ")}}`;
