import { join } from "node:path";
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DECIMAL,
  DuckDBDecimalValue as Dec,
  DuckDBDateValue,
  type DuckDBDecimalValue,
  VARCHAR,
} from "@duckdb/node-api";
import { PORTFOLIO_DAILY } from "../../src/contracts/gold.ts";
import { dayNumber } from "../../src/money/day.ts";
import { pow10 } from "../../src/money/decimal.ts";
import { dayReturn, linkIndex } from "../../src/portfolio/returns.ts";
import { type Engine, quote } from "../engine.ts";
import type { Progress } from "../ports.ts";
import { copyText, createTable, typedColumns } from "./sql.ts";
import { TableWriter } from "./table-writer.ts";
import { makeDailyAmounts } from "./valuation.ts";

/** Position-days valued at a time: bounds the memory of a window. */
const POSITION_DAYS_A_WINDOW = 6_000_000;

/** What DECIMAL(18,12) cannot hold: a return of a million times the money. Such a day is skipped and flagged. */
const LARGEST = pow10(18);

function fits(unitsE12: bigint): boolean {
  return unitsE12 < LARGEST && unitsE12 > -LARGEST;
}

/** One Parquet file of portfolio_daily. */
export interface MonthFile {
  readonly month: string;
  readonly path: string;
}

interface Chain {
  indexE12: bigint;
  valueE8: bigint;
}

const ROW_TYPES = [
  VARCHAR,
  DATE,
  DECIMAL(38, 8),
  DECIMAL(38, 8),
  DECIMAL(38, 8),
  DECIMAL(38, 8),
  DECIMAL(38, 8),
  DECIMAL(38, 8),
  DECIMAL(38, 8),
  DECIMAL(18, 12),
  DECIMAL(18, 12),
  BIGINT,
  BOOLEAN,
  VARCHAR,
] as const;

/**
 * Builds portfolio_daily for the clients in `valued` over `sessions` (the first one carries the opening values) and
 * writes a file for each month touched. Rows of other clients, and of days before a client's `from_no`, are
 * taken over from the previous run (`g_portfolio_daily`) where `keepOld` says that there is one.
 */
export async function buildDaily(
  engine: Engine,
  sessions: readonly string[],
  options: { runId: string; keepOld: boolean },
  progress: Progress,
): Promise<readonly MonthFile[]> {
  const chains = await openingChains(engine, sessions[0], options.keepOld);
  const files: MonthFile[] = [];
  for (const window of await windowsOf(engine, sessions)) {
    await makeDailyAmounts(engine, window.fromNo, window.toNo);
    await engine.run(createTable(PORTFOLIO_DAILY, "daily_rows"));
    await linkReturns(engine, sessions, chains, options.runId);
    for (const month of window.months) files.push(await writeMonth(engine, month, sessions, options.keepOld));
    progress("daily", window.toNo / Math.max(1, sessions.length - 1));
  }
  return files;
}

interface Window {
  readonly fromNo: number;
  readonly toNo: number;
  readonly months: readonly string[];
}

/** Whole months, as many at a time as the bound on position-days allows. */
async function windowsOf(engine: Engine, sessions: readonly string[]): Promise<readonly Window[]> {
  const [count] = await engine.rows(
    "select count(*) as n from n_position_spans where valid_to = date '9999-12-31' and client_id in (select client_id from valued)",
  );
  const sessionsAWindow = Math.max(
    1,
    Math.floor(POSITION_DAYS_A_WINDOW / Math.max(1, Number(count?.["n"] ?? 0))),
  );
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

/** Index and value of each client at the session before the first one written; 1 and 0 for a client who starts later. */
async function openingChains(
  engine: Engine,
  first: string | undefined,
  keepOld: boolean,
): Promise<Map<string, Chain>> {
  const chains = new Map<string, Chain>();
  if (!keepOld || first === undefined) return chains;
  const rows = await engine.rows(`
    select d.client_id, d.twr_index, d.value from g_portfolio_daily d join valued v using (client_id)
    join sessions s on s.session = d.date where s.session_no = v.from_no - 1`);
  for (const row of rows) {
    chains.set(String(row["client_id"]), {
      indexE12: (row["twr_index"] as DuckDBDecimalValue).value,
      valueE8: (row["value"] as DuckDBDecimalValue).value,
    });
  }
  return chains;
}

/** Links each client's returns in integers (docs/money.md, rule 7) and fills `daily_rows`. */
async function linkReturns(
  engine: Engine,
  sessions: readonly string[],
  chains: Map<string, Chain>,
  runId: string,
): Promise<void> {
  const reader = await engine.fork();
  const writer = await TableWriter.open(engine.connection, "daily_rows", ROW_TYPES);
  const days = sessions.map((day) => new DuckDBDateValue(dayNumber(day)));
  try {
    const amounts = ["value", "cost", "flow", "income", "fees", "price_gain", "gain"];
    const result = await reader.stream(`
      select client_id, cast(session_no as integer), controls_cash, cast(unpriced as bigint),
             ${amounts.map((name) => `e8_of(${name})`).join(", ")}
      from daily_amounts order by client_id, session_no`);
    for await (const chunk of result) {
      const [clients, numbers, controls, unpriced, value, cost, flow, income, fees, priceGain, gain] =
        chunk.getColumns();
      for (let row = 0; row < chunk.rowCount; row++) {
        const amount = (column: typeof value): bigint => column?.[row] as bigint;
        const client = clients?.[row] as string;
        const chain = chains.get(client) ?? { indexE12: pow10(12), valueE8: 0n };
        chains.set(client, chain);
        const incomeE8 = controls?.[row] === true ? 0n : amount(income);
        const r = dayReturn({
          previousE8: chain.valueE8,
          endE8: amount(value),
          flowE8: amount(flow),
          incomeE8,
        });
        const next = r === null ? null : linkIndex(chain.indexE12, r);
        const linked = r !== null && next !== null && fits(r) && fits(next);
        if (linked) chain.indexE12 = next;
        chain.valueE8 = amount(value);
        const money = (e8: bigint): Dec => new Dec(e8, 38, 8);
        writer.add([
          client,
          days[numbers?.[row] as number] ?? null,
          money(amount(value)),
          money(amount(cost)),
          money(amount(flow)),
          money(amount(income)),
          money(amount(fees)),
          money(amount(priceGain)),
          money(amount(gain) - amount(priceGain)),
          new Dec(linked ? r : 0n, 18, 12),
          new Dec(chain.indexE12, 18, 12),
          amount(unpriced),
          !linked,
          runId,
        ]);
      }
    }
    writer.close();
  } finally {
    reader.closeSync();
  }
}

async function writeMonth(
  engine: Engine,
  month: string,
  sessions: readonly string[],
  keepOld: boolean,
): Promise<MonthFile> {
  const columns = typedColumns(PORTFOLIO_DAILY.columns);
  const inMonth = `date >= date '${month}-01' and date < date '${month}-01' + interval 1 month`;
  const kept = `union all select ${columns} from g_portfolio_daily d
    where ${inMonth} and d.client_id in (select client_id from clients)
      and not exists (
        select 1 from valued v join sessions s on s.session_no = v.from_no
        where v.client_id = d.client_id and d.date >= s.session)
      and d.date <= date ${quote(sessions.at(-1) ?? "")}`;
  const rows = `select ${columns} from daily_rows where ${inMonth} ${keepOld ? kept : ""}`;
  const path = join(engine.scratchDir, `portfolio_daily-${month}.parquet`);
  await engine.run(copyText(rows, PORTFOLIO_DAILY.sortedBy, path));
  return { month, path };
}
