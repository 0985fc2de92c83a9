import type { FileContract } from "../../src/contracts/kinds/kind.ts";
import { type ReasonLanguage, reasonText } from "../../src/contracts/kinds/reasons.ts";
import type { Lake } from "../../src/lake/lake.ts";
import { CalendarError, nextSession } from "../../src/market/calendar.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { type Engine, quote } from "../engine.ts";
import type { RowIssue, UploadRecord } from "../ports.ts";
import { createEffectiveAs } from "./effective.ts";

export const WARNINGS_MAX = 100;

/** Units of one instrument that a client bought or sold. */
interface Bundle {
  readonly key: string;
  readonly date: string;
  readonly line: number;
  readonly text: string;
  readonly quantity: Decimal;
}

/**
 * Compares the settlements in B3's Movimentação with the trades that Negociação supplied: B3 settles a trade two
 * sessions later (B3, Manual de Procedimentos Operacionais da Câmara; since 2019-05-27), some exports date it on
 * the day itself, and either will do. Only days that the loaded trades span are compared. A difference is a
 * warning: neither file is changed by it.
 */
export async function compareSettlements(
  engine: Engine,
  lake: Lake,
  request: {
    readonly contract: FileContract;
    readonly checkedPath: string;
    readonly active: readonly UploadRecord[];
    readonly language: ReasonLanguage;
  },
): Promise<readonly RowIssue[]> {
  if (request.contract.kind !== "b3_movements") return [];
  const uploads = request.active.filter(({ kind }) => kind === "b3_trades");
  if (uploads.length === 0) return [];
  const trades = await createEffectiveAs(engine, lake, { name: "b3_traded", table: "operations", uploads });
  const settled = await bundles(
    engine,
    `select *, position as line from read_parquet(${quote(request.checkedPath)})
     where elsewhere and type in ('compra', 'venda') and quantity is not null`,
  );
  const traded = await bundles(
    engine,
    `select *, row_number as line from ${trades}
     where client_id in (select distinct client_id from read_parquet(${quote(request.checkedPath)}))`,
  );
  return differences(settled, traded)
    .slice(0, WARNINGS_MAX)
    .map(({ settlement, found }) => ({
      line: settlement.line,
      column: "",
      value: settlement.text,
      reason: reasonText("b3_unmatched", request.language, {
        detail: `${settlement.quantity.toJSON()} ≠ ${found.toJSON()}`,
      }),
    }));
}

async function bundles(engine: Engine, rows: string): Promise<readonly Bundle[]> {
  const found = await engine.rows(
    `select client_id || chr(31) || instrument_id || chr(31) || type as key, cast(date as varchar) as date,
            min(line) as line, min(instrument_id) as text, cast(sum(quantity) as varchar) as quantity
     from (${rows}) group by 1, 2 order by 3`,
  );
  return found.map((row) => ({
    key: String(row["key"]),
    date: String(row["date"]),
    line: Number(row["line"]),
    text: String(row["text"]),
    quantity: Decimal.parse(String(row["quantity"])),
  }));
}

function differences(
  settled: readonly Bundle[],
  traded: readonly Bundle[],
): readonly { readonly settlement: Bundle; readonly found: Decimal }[] {
  const onDay = new Map(traded.map((trade) => [`${trade.key} ${trade.date}`, trade.quantity]));
  const settling = new Map(
    traded.map((trade) => [`${trade.key} ${settlementDay(trade.date)}`, trade.quantity]),
  );
  const days = [...settling.keys()].map((key) => key.slice(-10)).sort();
  const [first = "", last = ""] = [days[0], days.at(-1)];
  return settled.flatMap((settlement) => {
    if (settlement.date < first || settlement.date > last) return [];
    const key = `${settlement.key} ${settlement.date}`;
    const candidates = [settling.get(key), onDay.get(key)];
    if (candidates.some((quantity) => quantity?.equals(settlement.quantity))) return [];
    return [{ settlement, found: candidates[0] ?? candidates[1] ?? Decimal.ZERO }];
  });
}

/** Two sessions later; the day itself in years that the calendar does not know. */
function settlementDay(day: string): string {
  try {
    return nextSession(nextSession(day));
  } catch (error) {
    if (error instanceof CalendarError) return day;
    throw error;
  }
}
