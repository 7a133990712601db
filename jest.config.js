/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.m?tsx?$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  // The workspaces are linked into node_modules, and are TypeScript too.
  transformIgnorePatterns: ["/node_modules/(?!@watchbill/|postal-mime/)"],
  // What runs real servers needs a moment on a small machine.
  testTimeout: 60_000,
};
