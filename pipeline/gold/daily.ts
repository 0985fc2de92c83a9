import { join } from "node:path";
import {
  BIGINT,
  BOOLEAN,
  DECIMAL,
  type DuckDBDecimalValue,
  type DuckDBVector,
  INTEGER,
} from "@duckdb/node-api";
import { PORTFOLIO_DAILY } from "../../src/contracts/gold.ts";
import { dayNumber } from "../../src/money/day.ts";
import { type Chain, type ClientDay, clientDays } from "../../src/portfolio/client-days.ts";
import type { CurveBook } from "../../src/portfolio/curve-book.ts";
import { ONE_E12 } from "../../src/portfolio/returns.ts";
import { type Engine, quote } from "../engine.ts";
import type { Progress } from "../ports.ts";
import { curveEnd, curveRowOf, openCurveRows, writeCurveMonth } from "./curve-months.ts";
import { ClientCurve, CurveWindow } from "./curve-window.ts";
import { copyText, typedColumns } from "./sql.ts";
import { TableWriter } from "./table-writer.ts";
import { holdingsQuery, makeValuedClients } from "./valuation.ts";
import { inWidth, type Width } from "./width.ts";
import { CurrencyCollector, getOrAdd, readMarket, type Window, type WindowMarket } from "./window.ts";

/** Rows of portfolio_daily made at a time: bounds the memory of a window. */
const ROWS_A_WINDOW = 1_500_000;
/** Readers of one client touch few row groups of this size; larger ones took half as long again. */
const ROW_GROUP = 30_000;

/** The Parquet files of a month: portfolio_daily, and curve_daily where some deposit has a curve in it. */
export interface MonthFile {
  readonly month: string;
  readonly path: string;
  readonly curvePath: string | null;
}

interface ValuedClient {
  readonly clientId: string;
  readonly baseCurrency: string;
  readonly controlsCash: boolean;
  readonly firstNo: number;
  /** First session that is valued anew. */
  readonly fromNo: number;
  readonly chain: Chain;
}

const AMOUNTS = ["value", "cost", "flow", "income", "fees", "price_gain", "currency_gain"] as const;

/**
 * Builds portfolio_daily and curve_daily for the clients in `valued` over `sessions` (the first one carries the opening values) and
 * writes a file for each month touched. Rows of other clients, and of days before a client's `from_no`, are
 * taken over from the previous run (`g_portfolio_daily`, `g_curve_daily`) where `keepOld` says that there is one.
 */
export async function buildDaily(
  engine: Engine,
  sessions: readonly string[],
  options: { runId: string; keepOld: boolean; curves: CurveBook },
  progress: Progress,
): Promise<readonly MonthFile[]> {
  await makeValuedClients(engine);
  const clients = await readClients(engine, options.keepOld);
  const files: MonthFile[] = [];
  for (const window of windowsOf(sessions, clients.length)) {
    const opening = clients.map((client) => ({ ...client.chain }));
    await inWidth(async (width) => {
      for (const [number, client] of clients.entries()) Object.assign(client.chain, opening[number]);
      await valueWindow(engine, { window, sessions, clients, width, curves: options.curves });
    });
    for (const month of window.months) files.push(await writeMonth(engine, { month, sessions, ...options }));
    progress("daily", window.toNo / Math.max(1, sessions.length - 1));
  }
  return files;
}

/** Whole months, as many at a time as the bound on rows allows. */
function windowsOf(sessions: readonly string[], clients: number): readonly Window[] {
  const sessionsAWindow = Math.max(1, Math.floor(ROWS_A_WINDOW / Math.max(1, clients)));
  const windows: { fromNo: number; toNo: number; months: string[] }[] = [];
  for (let number = 1; number < sessions.length; number++) {
    const month = (sessions[number] ?? "").slice(0, 7);
    const open = windows.at(-1);
    if (open?.months.at(-1) === month) {
      open.toNo = number;
    } else if (open !== undefined && open.toNo - open.fromNo < sessionsAWindow) {
      open.toNo = number;
      open.months.push(month);
    } else {
      windows.push({ fromNo: number - 1, toNo: number, months: [month] });
    }
  }
  return windows;
}

/**
 * The clients with their index and value before the first session to write; 1 and 0 for one who starts later, also where
 * the previous run had rows from operations that were taken back since.
 */
async function readClients(engine: Engine, keepOld: boolean): Promise<readonly ValuedClient[]> {
  const opening = keepOld
    ? `left join (
        select d.client_id, d.twr_index, d.value, s.session_no from g_portfolio_daily d join sessions s on s.session = d.date
      ) d on d.client_id = v.client_id and d.session_no = v.first_no - 1 and v.continues`
    : "left join (select null::decimal(18,12) as twr_index, null::decimal(38,8) as value) d on true";
  const rows = await engine.rows(
    `select v.*, d.twr_index, d.value from valued_clients v ${opening} order by v.client_no`,
  );
  return rows.map((row) => ({
    clientId: String(row["client_id"]),
    baseCurrency: String(row["base_currency"]),
    controlsCash: row["controls_cash"] === true,
    firstNo: Number(row["first_no"]),
    fromNo: Number(row["from_no"]),
    chain: {
      indexE12: (row["twr_index"] as DuckDBDecimalValue | null)?.value ?? ONE_E12,
      valueE8: (row["value"] as DuckDBDecimalValue | null)?.value ?? 0n,
    },
  }));
}

interface Valuing {
  readonly window: Window;
  readonly sessions: readonly string[];
  readonly clients: readonly ValuedClient[];
  readonly width: Width;
  readonly curves: CurveBook;
}

/** What is read of one client: its holdings by currency, and its deposits on their curves. */
interface Holdings {
  readonly currencies: Map<string, CurrencyCollector>;
  readonly curve: ClientCurve;
}

/** Values every client over a window, one at a time, into `daily_rows` and `curve_rows`. */
async function valueWindow(engine: Engine, valuing: Valuing): Promise<void> {
  const { window, sessions, clients } = valuing;
  const market = await readMarket(engine, window, sessions);
  const writer = await openRows(engine, valuing.width);
  const curveWriter = await openCurveRows(engine);
  const curveWindow = new CurveWindow(valuing.curves, sessions.slice(window.fromNo, window.toNo + 1));
  const curvesTo = curveEnd(window, sessions);
  const nothing = (): Holdings => ({ currencies: new Map(), curve: new ClientCurve(curveWindow) });
  const days = sessions.map(dayNumber);
  const reader = await engine.fork();
  let next = 0;
  /** Writes the clients before `until`: the one just read, and those who hold nothing in this window. */
  const finish = (until: number, holdings: Holdings): void => {
    for (; next < until; next++) {
      const client = clients[next];
      if (client === undefined) continue;
      const from = Math.max(client.firstNo, window.fromNo + 1) - window.fromNo;
      const own = next === until - 1 ? [...holdings.currencies.values()] : [];
      const number = next;
      if (next === until - 1) {
        const after = days[Math.max(client.fromNo - 1, window.fromNo)] ?? 0;
        holdings.curve.emit({ after, until: dayNumber(curvesTo) }, (day) =>
          curveWriter.add(curveRowOf(number, day)),
        );
      }
      clientDays(
        own,
        { from, to: window.toNo - window.fromNo, controlsCash: client.controlsCash, chain: client.chain },
        (day) => writer.add(rowOf(number, days[day.session + window.fromNo] ?? 0, day)),
      );
    }
  };
  try {
    const span = {
      ...window,
      from: sessions[window.fromNo] ?? "",
      to: sessions[window.toNo] ?? "",
      curvesTo,
    };
    const result = await reader.stream(holdingsQuery(span));
    let holdings = nothing();
    let current = 0;
    for await (const chunk of result) {
      const vectors = Array.from({ length: chunk.columnCount }, (_, index) => chunk.getColumnVector(index));
      for (let row = 0; row < chunk.rowCount; row++) {
        const client = vectors[0]?.getItem(row) as number;
        if (client !== current) {
          finish(current + 1, holdings);
          holdings = nothing();
          current = client;
        }
        collect(holdings, clients[client], { vectors, row, market, fromNo: window.fromNo });
      }
    }
    finish(current + 1, holdings);
    finish(clients.length, nothing());
    writer.close();
    curveWriter.close();
  } finally {
    reader.closeSync();
  }
}

/** Takes one row of `holdingsQuery`. */
function collect(
  { currencies, curve }: Holdings,
  client: ValuedClient | undefined,
  source: { vectors: readonly DuckDBVector[]; row: number; market: WindowMarket; fromNo: number },
): void {
  const { vectors, row, market } = source;
  const at = <T>(column: number): T => vectors[column]?.getItem(row) as T;
  const amount = (column: number): bigint | null => at<DuckDBDecimalValue | null>(column)?.value ?? null;
  if (at<number>(1) === -1) {
    curve.add({
      instrument: at<number>(3),
      from: at<number>(4),
      to: at<number>(5),
      quantityE8: amount(6) ?? 0n,
      terms: at<number>(11),
      since: at<number>(12),
      units: amount(13) ?? 0n,
    });
    return;
  }
  const currency = at<string>(2);
  const own = getOrAdd(
    currencies,
    currency,
    () => new CurrencyCollector(market, currency, client?.baseCurrency ?? currency),
  );
  if (at<number>(1) === 1) {
    own.flows.set(at<number>(4) - source.fromNo, {
      flowGrossE8: amount(6) ?? 0n,
      flowBaseE8: amount(7) ?? 0n,
      flowGrossBaseE8: amount(8) ?? 0n,
      incomeBaseE8: amount(9) ?? 0n,
      feesBaseE8: amount(10) ?? 0n,
    });
    return;
  }
  const instrument = at<number>(3);
  const days = { from: at<number>(4), to: at<number>(5) };
  own.hold({
    ...days,
    quantityE8: amount(6) ?? 0n,
    costE8: amount(7),
    tradePriceE8: amount(8),
    closes: market.isCash(instrument) ? null : (curve.closes(instrument, days) ?? market.closes(instrument)),
  });
}

async function openRows(engine: Engine, width: Width): Promise<TableWriter> {
  const digits = width === "narrow" ? 18 : 38;
  await engine.run(`create or replace table daily_rows (client_no integer, day integer,
    ${AMOUNTS.map((name) => `${name} decimal(${digits},8)`).join(", ")},
    day_return decimal(18,12), twr_index decimal(18,12), unpriced bigint, skipped boolean)`);
  const amounts = AMOUNTS.map(() => DECIMAL(digits, 8));
  return await TableWriter.open(engine.connection, "daily_rows", [
    INTEGER,
    INTEGER,
    ...amounts,
    DECIMAL(18, 12),
    DECIMAL(18, 12),
    BIGINT,
    BOOLEAN,
  ]);
}

function rowOf(client: number, day: number, row: ClientDay): Parameters<TableWriter["add"]>[0] {
  return [
    client,
    day,
    row.valueE8,
    row.costE8,
    row.flowE8,
    row.incomeE8,
    row.feesE8,
    row.priceGainE8,
    row.currencyGainE8,
    row.returnE12,
    row.indexE12,
    BigInt(row.unpriced),
    row.skipped,
  ];
}

async function writeMonth(
  engine: Engine,
  options: { month: string; sessions: readonly string[]; runId: string; keepOld: boolean },
): Promise<MonthFile> {
  const { month, sessions, runId, keepOld } = options;
  const columns = typedColumns(PORTFOLIO_DAILY.columns);
  const inMonth = `date >= date '${month}-01' and date < date '${month}-01' + interval 1 month`;
  const fresh = `select c.client_id, date '1970-01-01' + r.day as date, r.* exclude (client_no, day), ${quote(runId)} as run_id
    from daily_rows r join valued_clients c using (client_no)`;
  const kept = `union all select ${columns} from g_portfolio_daily d
    where ${inMonth} and d.client_id in (select client_id from clients)
      and not exists (
        select 1 from valued v join sessions s on s.session_no = v.from_no
        where v.client_id = d.client_id and d.date >= s.session)
      and d.date <= date ${quote(sessions.at(-1) ?? "")}`;
  const rows = `select ${columns} from (${fresh}) where ${inMonth} ${keepOld ? kept : ""}`;
  const path = join(engine.scratchDir, `portfolio_daily-${month}.parquet`);
  await engine.run(copyText(rows, PORTFOLIO_DAILY.sortedBy, path, ROW_GROUP));
  return { month, path, curvePath: await writeCurveMonth(engine, { month, inMonth, runId, keepOld }) };
}
