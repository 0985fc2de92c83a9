import type { Help } from "./help.ts";
import { deliveryHelpEn } from "./help-delivery-en.ts";
import { marketHelpEn } from "./help-market-en.ts";
import { peopleHelpEn } from "./help-people-en.ts";
import { statementHelpEn } from "./help-statement-en.ts";

const COMMON = `Options of every command:
  --home FOLDER  where the portfolios are kept (or CARTEIRA_HOME; default: .carteira)
  --lang pt|en   language (or CARTEIRA_LANG; default: pt)
  -h, --help     this help`;

export const HELP_EN: Help = {
  all: `Carteira: from a client's CSV file to a right answer.

Usage: npx carteira COMMAND [options]

  ask      asks, as in the chat
  ingest   loads files of clients, operations, positions, prices and of B3
  uploads  lists the files that were loaded
  undo     takes an upload back
  rejected prints an upload's rejected rows, to mend them
  explain  shows the rows and the arithmetic behind a holding
  statement  a client's report as PDF
  findings what to check in the data: custody, sells without a position, prices
  digest   the day in short: value, clients, assets, income, maturities
  refresh  fetches prices, indices and exchange rates of what the book holds
  init     leads from an empty folder to the first real book
  actions  splits and bonus shares: lists them, and confirms what was inferred
  serve    opens the chat on this computer (npm start)
  demo     makes a demo book
  doctor   checks that all is well
  calendar sessions of B3 and bank days
  instruments  names, classes, currencies and aliases of what is held
  people   who may ask in Slack and Teams, and about which clients
  audit    who asked what, about whom and when
  schedules   what is sent by a schedule, and when it is next
  deliveries  what was sent, failed or was left without a confirmation

Examples:
  npx carteira demo
  npx carteira ask "/carteira cliente123"
  npx carteira ingest clients.csv prices.csv operations.csv --as admin
  npx carteira ask "how did Ana Souza do this year?" --as corretor1 --lang en

${COMMON}

Exit codes: 0 answered, 1 bad input, 2 bad usage, 3 not set up.
Each command has its own help: npx carteira ask --help`,

  ask: `Asks, as in the chat.

Usage: npx carteira ask "TEXT" --as USER [--at DATE] [--json]
                           [--out FOLDER]

  --as USER   a broker of the clients file, or admin for all.
              Only on a demo book it may be left out: corretor1 then.
  --at DATE   answers as of then: 2026-11-20 (the end of that day) or
              2026-11-20T15:30:00-03:00 (without an offset: Brasília's time)
  --json      prints one object, numbers as decimal texts; exits with 0
              whatever the status
  --out FOLDER
              writes the files of the answer there, such as a report

Examples:
  npx carteira ask "/carteira cliente123"
  npx carteira ask "/carteira cliente123 PETR4" --as corretor1 --json
  npx carteira ask "who are my largest clients?" --as corretor1 --lang en
  npx carteira ask "Ana Souza's portfolio" --as corretor1 --at 2026-06-30

${COMMON}`,

  ingest: `Loads files. The same file again changes nothing.

Usage: npx carteira ingest FILE… --as USER [--client ID] [--kind KIND]
                           [--replaces UPLOAD] [--json]

  --as USER          whose operations these are: a broker of the clients file, or
                     admin for all. Clients, instruments and prices concern everybody.
  --client ID        the client of a B3 export, which does not say whose it is
  --kind KIND        where the headers are not enough to recognise the file
  --replaces UPLOAD  takes the place of an earlier upload (see npx carteira uploads)
  --json             prints one object with the counts and the rejected rows

Examples:
  npx carteira ingest clients.csv prices.csv operations.csv --as admin
  npx carteira ingest operations.csv --as corretor1 --json
  npx carteira ingest negociacao-2026.xlsx --as corretor1 --client cliente123
  npx carteira ingest operations-corrected.csv --as corretor1 --replaces UPLOAD

Exits with 1 when a file cannot be opened or is not promoted (more than 20% bad rows).

${COMMON}`,

  uploads: `Lists the files that were loaded, the newest first.

Usage: npx carteira uploads [--limit N] [--json]

  --limit N   how many to show (default: 50)
  --json      prints a list

Examples:
  npx carteira uploads
  npx carteira uploads --limit 500 --json

${COMMON}`,

  undo: `Takes an upload back: its rows no longer count, and the upload that it had
replaced counts again. The file as received is kept.

Usage: npx carteira undo UPLOAD [--json]

Examples:
  npx carteira uploads
  npx carteira undo UPLOAD

${COMMON}`,

  rejected: `Prints the rejected rows of an upload as a CSV, with the reason of each in the last
column: mend them and send the file; what was taken already is not taken twice.

Usage: npx carteira rejected UPLOAD > rejected.csv

Examples:
  npx carteira rejected 20261125-4b0cb600 > rejected.csv

${COMMON}`,

  explain: `Shows the rows of the files and the arithmetic behind a holding.

Usage: npx carteira explain CLIENT ASSET --as USER [--at DATE]

  --as USER   a broker of the clients file, or admin for all.
              Only on a demo book it may be left out: corretor1 then.
  --at DATE   the holding as of then, as in ask

Examples:
  npx carteira explain cliente123 PETR4
  npx carteira explain cliente123 PETR4 --as corretor1 --at 2025-12-31

${COMMON}`,

  findings: `Shows what to check in the data: custody that differs, a sell of more than is
held, a price or an exchange rate that is missing. Nothing is corrected without you.

Usage: npx carteira findings --as USER [--client ID] [--json]

  --as USER     a broker of the clients file, or admin for all.
                Only on a demo book it may be left out: corretor1 then.
  --client ID   only what concerns this client and what it holds
  --json        prints all of them as a list; without it the first 100

Examples:
  npx carteira findings --as corretor1
  npx carteira findings --as corretor1 --client cliente123
  npx carteira findings --as admin --json

${COMMON}`,

  digest: `Shows the digest of the day of your clients, or of one of them: value and change, against CDI
and IBOV, who and what weighed most in money, allocation, income, maturities and what to check.

Usage: npx carteira digest --as USER [--client ID] [--moment open|close]
                           [--at DATE] [--sections LIST] [--out FOLDER]

  --as USER            a broker of the clients file, or admin for all.
                       Only on a demo book it may be left out: corretor1 then.
  --client ID          the digest of one client
  --moment open|close  open: the one before the session, about the last session and what matters today;
                       close: the one after it. Without it, whichever fits the hour.
  --at DATE            the digest of that date, as in ask
  --sections LIST      only these parts, separated by commas: returns, clients, assets,
                       allocation, income, maturities, alerts, data
  --out FOLDER         also writes a page (digest.html) and the pictures as PNG

Examples:
  npx carteira digest --as corretor1
  npx carteira digest --as corretor1 --moment open --at 2026-11-24
  npx carteira digest --as corretor1 --client cliente123 --out digest

${COMMON}`,

  refresh: `Fetches what the portfolios hold from Yahoo Finance and Banco Central: closes, quotes,
exchange rates, CDI, Selic, IPCA and the benchmark indices. Running it again changes
nothing that is right already.

Usage: npx carteira refresh [--history DATE] [--json]

  --history DATE   fetches from that date on, not only what is missing: 2023-01-02
  --json           prints an object with what answered and what did not

While the chat is open (npm start) this happens by itself: quotes every minute during
the session, closes after it. A demo has no real prices.

Examples:
  npx carteira refresh
  npx carteira refresh --history 2023-01-02

${COMMON}`,

  init: `Leads from an empty folder to the first real book: clients, files, first prices and a
check. Can be run again: nothing happens twice.

Usage: npx carteira init [FILE…] [--offline] [--templates FOLDER]

  FILE                clients, operations, positions, instruments, prices; without one it asks
  --offline           fetches no prices now (later: npx carteira refresh)
  --templates FOLDER  writes templates of clientes.csv and operacoes.csv and ends

Examples:
  npx carteira init --templates templates
  npx carteira init templates/clientes.csv templates/operacoes.csv --home my-book

${COMMON}`,

  actions: `Lists the ledger of corporate actions, and writes down what you decide of one.
A confirmed split or bonus issue changes the units of every client who holds the asset
at the start of that day and whose own operations do not tell it. An inferred one only
turns back the closes that its source restated; a rejected one does nothing.

Usage: npx carteira actions [--pending] [--json]
       npx carteira actions confirm ASSET DATE [--type TYPE] [--cost R$] [--json]
       npx carteira actions reject ASSET DATE [--type TYPE] [--json]

  --pending    only what waits to be confirmed
  --type TYPE  where there are several on that day: desdobramento, grupamento,
               bonificacao or provento
  --cost R$    what the company declares as the cost of each new share of a bonus issue
  --json       prints a list, or what was written

Examples:
  npx carteira actions --pending
  npx carteira actions confirm ITUB4 2025-03-18 --cost 5.50
  npx carteira actions reject MGLU3 30/12/2025

A decision is an upload like any other: npx carteira undo takes it back.

${COMMON}`,

  serve: `Opens the chat on this computer. The first time, without a book, it makes the demo.

Usage: npx carteira serve [--port N]      (or npm start)

  --port N   port (or PORT; default: 3000; 0 = any free one)

Examples:
  npm start
  npx carteira serve --port 8080
  npx carteira serve --home /data/carteira

${COMMON}`,

  demo: `Makes a demo book of synthetic data, or brings the one there is up to today.
It never mixes with real portfolios.

Usage: npx carteira demo [--clients N]

  --clients N   how many clients (default: 60)

Examples:
  npx carteira demo
  npx carteira demo --clients 500 --home /tmp/demo
  npx carteira ask "/carteira cliente123"

${COMMON}`,

  doctor: `Checks that all is well: ✓ fine, ! a warning, ✗ a problem.

Usage: npx carteira doctor [--deep]

  --deep   reads the published files and checks the sha256 of each

Examples:
  npx carteira doctor
  npx carteira doctor --deep --home /data/carteira

Exit codes: 0 nothing is broken, 1 something is, 3 not set up.

${COMMON}`,

  ...marketHelpEn(COMMON),
  ...statementHelpEn(COMMON),
  ...peopleHelpEn(COMMON),
  ...deliveryHelpEn(COMMON),
};
