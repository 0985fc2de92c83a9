import { DELIVERY_EN } from "./delivery-en.ts";
import { MARKET_EN } from "./market-en.ts";
import { PEOPLE_EN } from "./people-en.ts";
import type { Sentences } from "./words.ts";

/** What the command line says, in English. */
export const EN: Sentences = {
  ...DELIVERY_EN,
  ...MARKET_EN,
  ...PEOPLE_EN,
  digestWritten: (path) => `Page and pictures written: ${path}`,
  fileWritten: (path) => `File written: ${path}`,
  fileNotWritten: (name) => `The file ${name} was not written. To write it, ask again with --out FOLDER.`,
  outIsFile: (path) => `${path} is a file, not a folder. Choose another with --out.`,
  seeHelp: "See the examples with --help.",
  unexpected:
    "Something unexpected went wrong; nothing was published half-done. Try again; if it happens again, run " +
    "`npx carteira doctor`, or the same command with CARTEIRA_LOG=debug to see the details.",
  interrupted: "Interrupted. Nothing was published half-done.",
  unknownCommand: (name) => `There is no command "${name}".`,
  unknownOption: (option) => `There is no option ${option}.`,
  optionNeedsValue: (option) => `The option ${option} needs a value.`,
  optionTakesNoValue: (option) => `The option ${option} takes no value.`,
  optionMissing: (option) => `The option ${option} is missing.`,
  optionNotAllowed: (option, value, allowed) =>
    `"${value}" will not do for ${option}. It can be: ${allowed}.`,
  badSetting: (setting, value, allowed) =>
    `The setting ${setting} is "${value}", but only takes: ${allowed}.`,
  argumentMissing: (what) => `Missing: ${what}.`,
  tooManyArguments: (word) => `There is nothing to do with "${word}".`,
  badInstant: (text) => `"${text}" is not a date. Use --at 2026-11-20 or --at 2026-11-20T15:30:00-03:00.`,
  badPort: (text) => `"${text}" is not a port. Use a number from 0 to 65535 (0 = any free one).`,
  badClientCount: (text, min, max) =>
    `"${text}" will not do for --clients. Use a whole number from ${min} to ${max}.`,

  theFile: "the file to load",
  theText: "the question, in quotes",
  theUpload: "the upload (see `npx carteira uploads`)",
  theClientAndAsset: "the client and the asset",

  noBook: (folder) =>
    `There are no portfolios in ${folder} yet. Run \`npx carteira demo\` for an example, or load your files with ` +
    "`npx carteira ingest clients.csv operations.csv --as admin`.",
  emptyBook: (folder) =>
    `Nothing is published in ${folder} yet. Load your files with \`npx carteira ingest\`.`,
  unfinishedDemo: (folder) => `The demo in ${folder} is not finished. Run \`npx carteira demo\` again.`,
  brokenHome: (file) =>
    `Cannot read ${file}. It was changed or is of another version; restore it from a copy.`,
  homeNotUsable: (folder) =>
    `Cannot create or write to ${folder}. Check the path and the folder's permissions.`,
  homeIsFile: (folder) => `${folder} is a file, not a folder. Choose another with --home.`,
  stateNewer: "This book was written by a newer version of Carteira. Update the program.",
  stateUnreadable: (folder) => `Cannot open the state in ${folder}. Run \`npx carteira doctor\`.`,
  stateUnreachable:
    "The PostgreSQL of CARTEIRA_STATE_URL cannot be used. Check its address, the password, and that the server is running.",
  stateAbsent:
    "The PostgreSQL of CARTEIRA_STATE_URL holds no state of these portfolios. Check its address, or begin in another folder with --home.",
  lakeAway: {
    refused: (bucket) =>
      `S3 refused access to the bucket ${bucket}. Check the AWS credentials (temporary ones expire) and the permissions; ` +
      "docs/operations.md lists them.",
    absent: (bucket) =>
      `S3 did not find the bucket ${bucket}. Check CARTEIRA_LAKE_BUCKET and the region, AWS_REGION.`,
    unable: (bucket) =>
      `The store of the bucket ${bucket} does not keep to conditional writes (If-Match, If-None-Match), and two services ` +
      "would overwrite each other. Use AWS's S3, or another that has them.",
    busy: (bucket) =>
      `S3 is overloaded and did not answer in time (bucket ${bucket}). Wait some minutes and try again; nothing was left half done.`,
    silent: (bucket) =>
      `S3 does not answer (bucket ${bucket}). Check the network, the region (AWS_REGION) and, where it is set, AWS_ENDPOINT_URL_S3; nothing was left half done.`,
  },
  engineFault: {
    refused:
      "The service of AWS that reads the portfolios refused access. Check the credentials (temporary ones expire) and the permissions with `npx carteira doctor`.",
    timeout:
      "Reading the portfolios did not end in time. Wait a minute and try again; if it goes on, run `npx carteira doctor`.",
  },
  engineAway: {
    not_ready: (engine, place) =>
      `${engine} (${place}): what is published is not loaded into it yet; the next file that is loaded brings it.`,
    refused: (engine, place) =>
      `${engine} (${place}): access refused. Check the AWS credentials (temporary ones expire) and the role's permissions; ` +
      "docs/warehouses.md lists them.",
    timeout: (engine, place) =>
      `${engine} (${place}): did not answer in time. Wait some minutes and try again; if it goes on, check the workgroup's limits.`,
    failed: (engine, place) =>
      `${engine} (${place}): the query failed. Check the workgroup, the database, the region (AWS_REGION) and that the tables are those ` +
      "of this version (deploying the infrastructure makes them).",
  },
  lakeLacks: (bucket) =>
    `The bucket ${bucket} lacks a file of these portfolios. Check CARTEIRA_LAKE_BUCKET and run \`npx carteira doctor\`.`,
  lakeTaken: (bucket, folder) =>
    `The bucket ${bucket} already holds portfolios whose state is not in ${folder}. Restore that folder from a copy ` +
    "(home.json and state.db), set CARTEIRA_STATE_URL if the state is in PostgreSQL, or choose another bucket.",
  busy: "Another process has been loading files for a long time. Wait for it to finish and try again.",
  overtaken:
    "The computer was paused in the middle of the work and another process took over. Nothing is half-done; run it again.",
  overtakenUpload:
    "Another upload replaced this one at the same moment. See `npx carteira uploads` and try again.",
  waitingForOther: "Another process is loading files; waiting for its turn to end",
  diskFull: "The disk is full. Free some space and run it again; nothing was published half-done.",
  noPermission: (path) => `No permission for ${path}.`,

  fileCount: (count) => `${count} files`,
  fileMissing: (file) => `${file}: no such file.`,
  fileIsFolder: (file) => `${file}: this is a folder; name its files.`,
  fileEmpty: (file) => `${file}: the file is empty.`,
  fileForbidden: (file) => `${file}: no permission to read it.`,
  fileUnreadable: (file) => `${file}: cannot open the file.`,

  uploadNotFound: (id) => `There is no upload ${id}. See those there are with \`npx carteira uploads\`.`,
  uploadNotActive: (id, status) => `Upload ${id} cannot be undone: it is "${status}".`,
  uploadReplaced: (id) =>
    `Upload ${id} was replaced by another one already; see which with \`npx carteira uploads\`.`,
  undone: (id, file) => `Upload ${id} (${file}) undone; the portfolios are already without it.`,
  restored: (id) => `Upload ${id}, which it had replaced, counts again.`,
  nothingRejected: (id) => `The upload ${id} has no rejected rows that are kept.`,
  rejectedHint: (id) =>
    `To mend the rejected rows and send them again: npx carteira rejected ${id} > rejected.csv`,
  undoCommand: (id) => `npx carteira undo ${id}`,
  lookCommand: "npx carteira uploads",
  stillLoading: (id) =>
    `Upload ${id} is kept, and is still being processed. To see what became of it: npx carteira uploads`,
  undoing: "The portfolios are still being worked out without it; that takes some minutes.",
  pipelineFailed: (run) =>
    "processing it failed three times, and nothing of this file was loaded; it is kept. Send it again later and, if it " +
    `fails once more, tell whoever looks after the system, with the run ${run}`,
  noUploads: "No file has been loaded yet.",
  moreUploads: (limit) => `Only the ${limit} newest uploads; see more with --limit.`,
  uploadColumns: ["upload", "received", "status", "kind", "rows", "rejected", "file"],
  statuses: {
    received: "received",
    active: "active",
    repeated: "repeated",
    not_promoted: "not promoted",
    replaced: "replaced",
    undone: "undone",
    failed: "refused",
  },

  theAssetAndDate: "the asset and the date of the action",
  badDay: (text) => `"${text}" is not a date. Use 2026-11-20 or 20/11/2026.`,
  noActions: "No corporate action has been loaded yet.",
  noPendingActions: "No corporate action waits to be confirmed.",
  actionColumns: ["date", "asset", "type", "factor or amount", "status", "source", "clients"],
  actionTypes: {
    desdobramento: "split",
    grupamento: "reverse split",
    bonificacao: "bonus shares",
    provento: "payment",
  },
  actionStatuses: { confirmado: "confirmed", inferido: "inferred", recusado: "rejected" },
  actionsWaiting: (count) =>
    `${count === 1 ? "One action waits" : `${count} actions wait`} to be confirmed: ` +
    "`npx carteira actions confirm ASSET DATE` or `npx carteira actions reject ASSET DATE`.",
  actionConfirmed: (name, holders) =>
    `Confirmed: ${name}. ${holders} ${holders === 1 ? "client" : "clients"} held the asset at the start of that day; ` +
    "those whose own operations tell the event do not get it twice.",
  actionRejected: (name) => `Rejected: ${name}. It changes no quantities and turns no earlier prices back.`,
  bonusCost: (cost) => `Cost of each new share: ${cost}.`,
  bonusWithoutCost:
    "Without the cost that the company declares, average cost stays unknown; state it with --cost once you know it.",
  undoWith: (command) => `To undo it: ${command}`,
  actionNotFound: (asset, day) =>
    `There is no action of ${asset} on ${day}. See those there are with \`npx carteira actions\`.`,
  actionAmbiguous: (asset, day, types) =>
    `There is more than one action of ${asset} on ${day}. Say which with --type: ${types}.`,
  actionDecided: (name, status) => `${name}: it is "${status}" already; nothing changed.`,

  unknownUser: (user) =>
    `There is no broker "${user}". Brokers are those in the corretor column of the clients file (or use --as admin).`,
  theClient: "the client",
  badMonth: (text) => `"${text}" is not a month. Use --month 2026-10.`,
  badPeriod: (from, to) =>
    `From ${from} to ${to} is no period that has begun. Use --from 2026-01-01 --to 2026-03-31, the first day before the last.`,
  monthOrDays: "Use --month, or --from with --to; not both.",
  statementNotSetUp: (settings) =>
    `The report has to name the intermediary and how its ombudsman is reached: set ${settings} ` +
    '(such as CARTEIRA_INTERMEDIARY="Corretora X S.A." CARTEIRA_OMBUDSMAN="0800 123 4567") and run it again.',
  statementWritten: (file) =>
    `Report written to ${file}. It is a management report and not the official statement; look at it before handing it over.`,
  statementNotWritten: (file) =>
    `Cannot write ${file}. Check the folder and its permissions, or choose another name with --out.`,
  clientNotFound: "There is no such client among yours.",
  holdingNotFound: "That client does not have that asset.",

  demoOnGlue: (folder) =>
    `The demo works out its book by itself, and not on AWS Glue. Take CARTEIRA_GLUE_JOB out of the settings to use it in ${folder}, ` +
    "or choose another folder with --home for real portfolios.",
  demoOverReal: (folder) =>
    `${folder} holds real portfolios. The demo does not mix with them: use another folder with --home.`,
  demoThere: (folder, clients) =>
    `The demo is already in ${folder}, with ${clients} clients. For another one, use another folder with --home.`,
  demoPrices:
    "this book is a demonstration on simulated prices, which never mix with real ones; " +
    "load this file into another folder, with --home",
  demoReady: (folder, clients) =>
    `The demo is ready in ${folder}: ${clients} clients, synthetic data. Try:\n` +
    '  npx carteira ask "/carteira cliente123"\n' +
    "  npm start",
  demoMaking: "Making the demo book",
  demoExtending: "Bringing the demo up to today",
  demoSubject: "demo book",

  serving: (url) => `Carteira at ${url} (Ctrl+C ends it)`,
  servingDemo: "Synthetic demo data.",
  slackOverHttp: (port) => `Slack: events at http://localhost:${port}/slack/events`,
  slackOverSocket: "Slack: connected by Socket Mode",
  slackRefused: (setting, reason) =>
    `Slack could not be started (${reason}). Check ${setting}; docs/slack.md goes through it step by step.`,
  portTaken: (port) => `Port ${port} is in use. Choose another with --port or PORT.`,
  portForbidden: (port) => `No permission to use port ${port}. Choose one above 1023.`,
  servingTeams: (url) => `Teams at ${url}`,
  servingTeamsLocal:
    "Teams in local mode: without authentication, for the Agents Playground on this machine only.",
  teamsPortTaken: (port) => `Port ${port} for Teams is already in use. Choose another with TEAMS_PORT.`,
  teamsPortForbidden: (port) =>
    `Port ${port} for Teams may not be opened by this user. Choose one above 1023 with TEAMS_PORT.`,
  stopping: "Stopping…",

  day: (isoDay) => isoDay,
  doctorSummary: (broken, warnings) =>
    broken > 0
      ? `${broken} ${broken === 1 ? "problem" : "problems"} to solve.`
      : warnings > 0
        ? `It works, with ${warnings} ${warnings === 1 ? "warning" : "warnings"}.`
        : "All is well.",
  doctor: {
    node: (version) => `Node ${version}`,
    nodeOld: (version) => `Node ${version}: 24 or newer is needed`,
    homeUsable: (folder) => `folder ${folder}: can be read and written`,
    homeNotUsable: (folder) => `folder ${folder}: cannot be read or written; check its permissions`,
    homeMissing: (folder) =>
      `folder ${folder}: no portfolios yet; run \`npx carteira demo\` or \`npx carteira ingest\``,
    homeBroken: (file) => `${file}: unreadable; restore it from a copy`,
    homeKind: (demo) => (demo ? "demo data (synthetic)" : "real data"),
    state: "state: opens and is sound",
    stateBroken: (detail) => `state: ${detail}; restore state.db from a copy`,
    stateMissing: "state: not there; restore state.db from a copy",
    engine: (engine, place) => `${engine} (${place}): answers, with all tables`,
    engineReplaced: "Meanwhile Athena answers in its place.",
    lake: (bucket) => `bucket ${bucket}: can be read, written, and written on a condition`,
    gold: (runId, files) => `published data: run ${runId}, ${files} files present`,
    goldDeep: (runId, files) => `published data: run ${runId}, ${files} files checked by sha256`,
    goldNone: "published data: none yet; load files with `npx carteira ingest`",
    goldUnreadable: "published data: the pointer or the manifest cannot be read; any `ingest` makes it anew",
    goldMissing: (count, key) =>
      `published data: ${count} ${count === 1 ? "file is" : "files are"} missing, such as ${key}`,
    goldChanged: (count, key) =>
      `published data: ${count} ${count === 1 ? "file was" : "files were"} changed, such as ${key}`,
    inputsEqual: (uploads) =>
      `publication is up to date with the ${uploads} active ${uploads === 1 ? "upload" : "uploads"}`,
    inputsDiffer: (count) =>
      `${count} ${count === 1 ? "upload is" : "uploads are"} not published yet; the next \`ingest\` or \`npm start\` will`,
    calendar: (through) => `calendar of B3 and the banks: through ${through}`,
    calendarEnding: (through) =>
      `calendar of B3 and the banks: ends in ${through}; update the program before that`,
    calendarEnded: (year) => `calendar of B3 and the banks: does not cover ${year}; update the program`,
    priceAge: (day, sessions) =>
      sessions === 0
        ? `prices: the newest is of ${day}, the last session`
        : `prices: the newest is of ${day}, ${sessions} ${sessions === 1 ? "session" : "sessions"} ago`,
    marketNever: "market: prices from files only so far; `npx carteira refresh` fetches those of the market",
    marketLast: (moment) => `market: prices fetched on ${moment}`,
    marketGap: (line) => `market: ${line}`,
    deliveries: (confirmed, skipped) =>
      `deliveries of the last 24 h: ${confirmed} delivered, ${skipped} not sent for a reason`,
    deliveriesMissing: (failed, unknown) =>
      `deliveries of the last 24 h: ${failed} failed, ${unknown} not confirmed; see \`npx carteira deliveries --failed\``,
    pipelineIdle: (run) =>
      run === null
        ? "pipeline on Glue: nothing waits, and there was no run yet"
        : `pipeline on Glue: nothing waits; the last run, ${run}, ended well`,
    pipelineRunning: (run, status, minutes) =>
      `pipeline on Glue: run ${run} is under way (${status}) for ${minutes} min`,
    pipelineSlow: (run, status, minutes) =>
      `pipeline on Glue: run ${run} has been ${status} for ${minutes} min; look at the job in Glue and the Lambda's log`,
    pipelineWaiting: (count, minutes) =>
      `pipeline on Glue: ${count === 1 ? "1 request has" : `${count} requests have`} waited for ${minutes} min and no run has begun; ` +
      "are the pipeline's Lambda and its schedule of each minute up?",
    pipelineFailed: (run, reason) =>
      `pipeline on Glue: the last run, ${run}, failed (${reason}); look at the job in Glue`,
    deliveriesWaiting: (minutes) =>
      `deliveries: the earliest has waited for ${minutes} min; is the service (npm start) running?`,
    since: (subject, day) => `${subject} (since ${day})`,
    priceNone: "prices: none yet; load a file of prices",
    toCheckUnread: "data: cannot read the points to check; run `npx carteira doctor --deep`",
    toCheck: (count) =>
      `data: ${count} ${count === 1 ? "point" : "points"} to check; see \`npx carteira findings --as admin\``,
    disk: (free) => `disk: ${free} free`,
    diskLow: (free) => `disk: only ${free} free; make some space`,
    charts: "charts and fonts: they draw",
    chartsBroken: "charts and fonts: they do not draw; run `npm ci` again",
  },

  andMore: (count) => `and ${count} more`,
  moment: (iso) =>
    new Date(iso).toLocaleString("en-GB", {
      timeZone: "America/Sao_Paulo",
      day: "2-digit",
      month: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    }),
  market: {
    subject: "market prices",
    fetching: "Fetching prices from Yahoo Finance and Banco Central",
    badHistory: (text) => `"${text}" is not a date. Use --history 2024-01-02.`,
    notInDemo: (folder) =>
      `${folder} is a demo and only uses simulated prices, which never mix with real ones. For real prices begin a book of ` +
      "your own in another folder: `npx carteira init --home FOLDER`.",
    closes: (found) =>
      found.asked === 0
        ? "Closes: nothing in the book is quoted on Yahoo Finance."
        : `Closes: ${found.answered} of ${found.asked} instruments and indices answered, ${found.fresh} ${found.fresh === 1 ? "new price" : "new prices"}` +
          `${found.newest === null ? "" : ` up to ${found.newest}`} (Yahoo Finance).`,
    quotes: (asked, answered, newest) =>
      `Quotes: ${answered} of ${asked}${newest === null ? "" : `, the newest of ${newest}`} (Yahoo Finance).`,
    series: (newest) =>
      newest.length === 0
        ? "Indices and exchange rates: no new point (Banco Central)."
        : `Indices and exchange rates up to: ${newest.join(", ")} (Banco Central).`,
    requests: (count) => `Requests sent: ${count}.`,
    actionsTaken: (names) => `New corporate actions: ${names}.`,
    actionsToConfirm: (names) => `Actions to confirm: ${names}. See \`npx carteira actions --pending\`.`,
    rejected: (rows) =>
      `${rows} ${rows === 1 ? "row of the sources was" : "rows of the sources were"} refused; see \`npx carteira uploads\`.`,
    merged: (code, successor) =>
      `${code} became ${successor} in a merger: enter the conversion in the operations file (tipo conversao, ativo ${code}>${successor}).`,
    lastGood: "What has no new price keeps its last good one, with its date.",
    sources: { yahoo: "Yahoo Finance", bcb: "Banco Central" },
    gap: {
      no_answer: (names) =>
        `No quote: ${names}. Check the code; if it was renamed or is not traded, correct it with an instruments or a prices file.`,
      price_invalid: (names) => `Invalid price at the source, not used: ${names}.`,
      currency_invalid: (names) => `Unknown currency at the source, price not used: ${names}.`,
      currency_differs: (names) =>
        `The source quotes in another currency than the registered one, price not used: ${names}. Correct the currency in the instruments file.`,
      time_invalid: (names) => `A price without a reliable time, not used: ${names}.`,
      rate_limited: (names) =>
        `The source asked to wait (too many requests): ${names}. Try again in a few minutes.`,
      unreachable: (names) => `The source cannot be reached: ${names}. Check the network and try again.`,
      timed_out: (names) => `The source took too long to answer: ${names}. Try again.`,
      unreadable: (names) => `The source answered something that is no price: ${names}. Try again later.`,
      circuit_open: (names) =>
        `The source keeps failing and was left alone for a minute: ${names}. Try again after that.`,
    },
  },

  init: {
    begin: (folder) => `A new book in ${folder}.`,
    inDemo: (folder) =>
      `${folder} is a demo, which never mixes with real portfolios. Choose another folder: \`npx carteira init --home FOLDER\`.`,
    askClients: "File of clients (CSV; Enter to see what is needed): ",
    askFile: "File of operations, positions, instruments or prices (Enter to end): ",
    whatIsNeeded: [
      "A file of clients is missing (cliente;nome;corretor) and, after it, those of operations or positions.",
      "Templates to fill in:     npx carteira init --templates templates",
      "With the files at hand:   npx carteira init clientes.csv operacoes.csv",
      "Files of B3 do not say whose they are; load them afterwards: npx carteira ingest negociacao.xlsx --client ID --as BROKER",
    ],
    loading: (count) => `1. Loading ${count === 1 ? "1 file" : `${count} files`}`,
    notAllLoaded:
      "Not all was loaded: correct what is above and run `npx carteira init` again with the file.",
    prices: "2. Fetching the first prices",
    noPrices:
      "Prices have to wait: run `npx carteira refresh` when there is a network. Until then the answers say what has no price.",
    checking: "3. Checking",
    templateWritten: (path) => `Template written: ${path}`,
    templateThere: (path) => `There already, left as it is: ${path}`,
    templatesNext: (folder) =>
      `Put your rows in place of the examples and run: npx carteira init ${folder}/clientes.csv ${folder}/operacoes.csv`,
    next: (client, broker) => [
      "Ready. Try:",
      `  npx carteira ask "/carteira ${client}" --as ${broker}`,
      "  npm start",
    ],
  },
};
