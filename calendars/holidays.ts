import type { Holiday } from "@watchbill/model";

/**
 * Bank holidays of England and Wales (https://www.gov.uk/bank-holidays), and Christmas where it is on a weekend: days on
 * which the office is closed and users are elsewhere.
 */
export const holidays: readonly Holiday[] = [
  { on: "2026-12-25", name: "Christmas Day" },
  { on: "2026-12-26", name: "Boxing Day" },
  { on: "2026-12-28", name: "Boxing Day, in its place" },
  { on: "2027-01-01", name: "New Year's Day" },
  { on: "2027-03-26", name: "Good Friday" },
  { on: "2027-03-29", name: "Easter Monday" },
  { on: "2027-05-03", name: "Early May" },
  { on: "2027-05-31", name: "Spring" },
  { on: "2027-08-30", name: "Summer" },
  { on: "2027-12-25", name: "Christmas Day" },
  { on: "2027-12-26", name: "Boxing Day" },
  { on: "2027-12-27", name: "Christmas Day, in its place" },
  { on: "2027-12-28", name: "Boxing Day, in its place" },
];
