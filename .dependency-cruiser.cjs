/**
 * The rooms of the house (docs/architecture.md) as a rule that a tool checks.
 * Each room lists what it may import; everything else of ours is forbidden to it.
 */
const REPORTS = [
  "src/access",
  "src/answers",
  "src/charts",
  "src/market",
  "src/messages",
  "src/money",
  "src/questions",
  "src/state",
];
const rooms = {
  "src/money": [],
  "src/portfolio": ["src/money"],
  "src/market": ["src/money"],
  "src/contracts": ["src/money", "src/market"],
  "src/lake": [],
  "src/state": [],
  "src/warehouse": ["src/contracts", "src/money"],
  "src/access": ["src/state"],
  "src/questions": ["src/money"],
  "src/answers": ["src/access", "src/questions", "src/warehouse", "src/portfolio", "src/market", "src/money"],
  "src/messages": ["src/answers", "src/money", "src/questions"],
  "src/charts": ["src/messages"],
  "src/conversation": ["src/access", "src/questions", "src/answers", "src/messages", "src/state"],
  "src/config.ts": [
    "src/config-glue.ts",
    "src/config-lake.ts",
    "src/config-slack.ts",
    "src/config-warehouse.ts",
  ],
  "src/config-glue.ts": [],
  "src/config-lake.ts": [],
  "src/config-slack.ts": [],
  "src/config-warehouse.ts": [],
  "bots/console": ["src/conversation", "src/messages", "src/charts"],
  "bots/slack": ["src/conversation", "src/messages", "src/charts"],
  "bots/teams": ["src/conversation", "src/messages", "src/charts"],
  "reports/digest": REPORTS,
  "reports/statement": REPORTS,
  "reports/alerts": REPORTS,
  "reports/schedule": ["src/market", "src/money", "src/state"],
  "reports/delivery": ["reports/schedule", "src/access", "src/messages", "src/state"],
  "reports/subscribe": [
    "reports/schedule",
    "src/access",
    "src/market",
    "src/messages",
    "src/money",
    "src/questions",
    "src/state",
  ],
  infra: ["src/config.ts", "src/contracts"],
  pipeline: ["src/contracts", "src/lake", "src/portfolio", "src/market", "src/money"],
};
const esc = (path) => path.replace(".", "\\.");
const forbidden = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room ${room}`,
  severity: "error",
  from: { path: `^${esc(room)}(/|$)`, pathNot: "\\.test\\.ts$" },
  to: {
    path: "^(src|bots|pipeline|reports|infra|test)/",
    pathNot: [room, ...allowed].map((r) => `^${esc(r)}(/|$)`),
  },
}));
const unitTests = Object.entries(rooms).map(([room]) => ({
  name: `tests in ${room} do not import main`,
  severity: "error",
  from: { path: `^${esc(room)}/.*\\.test\\.ts$` },
  to: { path: "^(src/main|test)/" },
}));
module.exports = {
  forbidden: [
    ...forbidden,
    ...unitTests,
    {
      name: "nobody imports main",
      severity: "error",
      from: { path: "^(src|bots|pipeline|reports|infra)/", pathNot: "^src/main/" },
      to: { path: "^src/main/" },
    },
    {
      name: "no cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "everything resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".js", ".mjs", ".json", ".d.ts"],
    },
  },
};
