import { dashboard } from "@watchbill/model";

export const database = dashboard("database", {
  title: "Database",
  question: "Does the database answer, and in time?",
  sections: ["Is it up?", "Connections", "Queries", "Storage and replicas"],
});
