const { availableParallelism } = require("node:os");

// Weeks of data and years of minutes take minutes: `npm run test:all` runs these too.
const slow = process.env.WATCHBILL_TESTS === "slow";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: [slow ? "**/*.slow.test.ts" : "**/!(*.slow).test.ts"],
  // One more than there are processors: the test of the whole stack waits most of its minutes. A container may have far
  // fewer than Node sees.
  maxWorkers: Math.min(availableParallelism(), 4) + 1,
  transform: { "^.+\\.m?tsx?$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  // The workspaces are linked into node_modules, and are TypeScript too.
  transformIgnorePatterns: ["/node_modules/(?!@watchbill/|postal-mime/)"],
  // What runs real servers needs a moment on a small machine.
  testTimeout: 60_000,
};
