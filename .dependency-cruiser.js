/**
 * The rooms of the house and which may look into which: declarations know the vocabulary, backends know declarations'
 * types only, and nothing but the stacks knows Terraform.
 * @type {import("dependency-cruiser").IConfiguration}
 */
const engine = "^(lib|stacks)/";
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "model-knows-nobody",
      comment: "packages/model is the vocabulary: pure values, no I/O, no cdktf",
      severity: "error",
      from: { path: "^packages/model/" },
      to: { pathNot: "^(packages/model/|node_modules/luxon)" },
    },
    {
      name: "declarations-know-the-vocabulary-only",
      comment: "services/ and alert-rules/ are written by users and never reach into the engine",
      severity: "error",
      from: { path: "^(services|alert-rules|calendars|dashboards|drills)/" },
      to: { path: `${engine}|^(main\\.ts|environments/)` },
    },
    {
      name: "the-simulator-is-pure",
      comment: "who is paged follows from texts and times alone; reading and printing them is for the command",
      severity: "error",
      from: { path: "^lib/(simulator|rule-tests)/" },
      to: { path: "^(lib/(runtime|cli|inbox|replay|drills)|stacks|services|alert-rules|environments|drills)/" },
    },
    {
      name: "reckoning-stands-by-itself",
      comment: "what a declaration means is what rules are held against: it knows neither the stories nor the cases",
      severity: "error",
      from: { path: "^lib/rule-tests/reckoning/" },
      to: { path: "^lib/rule-tests/(?!reckoning/)" },
    },
    {
      name: "proof-knows-no-command",
      severity: "error",
      from: { path: "^lib/(replay|drills|backtest)/" },
      to: { path: "^(lib/(cli|inbox)|stacks|services|alert-rules|environments)/" },
    },
    {
      name: "backends-are-pure",
      comment: "a backend turns declarations into plain data; files, processes and the network are for others",
      severity: "error",
      from: { path: "^lib/(backends|checks|panels)/" },
      to: {
        path: "^(lib/(runtime|cli|inbox|manifests|project)|stacks|services|alert-rules|environments)",
        pathNot: "^lib/runtime/server\\.ts$",
      },
    },
    {
      name: "backends-know-no-other",
      comment: "what two of them need stands in lib/; Grafana alone asks Prometheus, in Prometheus' own words",
      severity: "error",
      from: { path: "^lib/backends/([a-z]+)/" },
      to: { path: "^lib/backends/[a-z]+/", pathNot: "^lib/backends/($1/|prometheus/(promql|recording)\\.ts)" },
    },
    {
      name: "backends-do-no-io",
      severity: "error",
      from: { path: "^lib/(backends|checks|panels)/|^packages/model/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "only-stacks-know-terraform",
      severity: "error",
      from: { pathNot: "^(stacks/|main\\.ts|lib/providers/|__tests__/|bench/)" },
      to: { path: "^node_modules/(cdktf|@cdktf|constructs)/" },
    },
    {
      name: "no-barrels",
      comment: "the barrel of a provider costs seconds and hundreds of megabytes; import the one resource",
      severity: "error",
      from: { pathNot: "^bench/" },
      to: { path: "^node_modules/@cdktf/provider-[a-z]+/lib/index\\.js$" },
    },
    {
      name: "no-unknown-modules",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".js", ".json", ".mjs"],
    },
  },
};
