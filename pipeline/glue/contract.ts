import { GOLD_TABLES, SUMMARY_PERIODS } from "../../src/contracts/gold.ts";
import { OPERATION_TYPES, SNAPSHOT } from "../../src/contracts/operation-types.ts";
import { SILVER_TABLES, type SilverTableName } from "../../src/contracts/silver.ts";
import type { Table } from "../../src/contracts/types.ts";
import { SAME_EVENT_DAYS } from "../../src/market/actions.ts";
import { allBankDays, allSessions } from "../../src/market/calendar.ts";
import { CURVE_CLASSES, INSTRUMENT_CLASSES } from "../../src/market/classes.ts";
import { B3_CODE } from "../../src/market/codes.ts";
import {
  ABROAD_CODE,
  BUILTIN_INSTRUMENTS,
  BY_NAME,
  CASH_CODE,
  isB3Class,
  TREASURY,
} from "../../src/market/instruments.ts";
import { RENAMED_CODES } from "../../src/market/ticker-changes.ts";
import { addDays, type IsoDay, weekday } from "../../src/money/day.ts";
import { CORPORATE, TAKES } from "../../src/portfolio/day-order.ts";
import { CHANGES_UNITS } from "../gold/ledger.ts";
import { MARKET_VALUED, RANK } from "../gold/operations.ts";
import { JUMP } from "../gold/quality.ts";
import { ADDED, identitySql, keySql } from "../silver/effective.ts";
import { SPARK_TYPES } from "./spark-sql.ts";

/** The file that the job reads. `contract.test.ts` checks that it is what this makes. */
export const CONTRACT_FILE = new URL("./carteira_gold/contract.json", import.meta.url);

/**
 * All that the Spark job shares with the embedded engine, as the text of a JSON file: columns, the SQL that both
 * run, the words of the fold, the calendar and what is known of instruments. What is in here is defined in TypeScript only.
 */
export function glueContract(): string {
  const silver = Object.values(SILVER_TABLES).map((table) => [table.name, silverTable(table)]);
  const contract = {
    silver: Object.fromEntries(silver),
    gold: Object.fromEntries(Object.values(GOLD_TABLES).map((table) => [table.name, shape(table)])),
    sql: { rank: RANK, marketValued: MARKET_VALUED, changesUnits: CHANGES_UNITS },
    renamedCodes: Object.fromEntries(RENAMED_CODES),
    sameEventDays: SAME_EVENT_DAYS,
    fold: {
      types: OPERATION_TYPES,
      snapshot: SNAPSHOT,
      corporate: [...CORPORATE],
      takes: [...TAKES],
      b3Classes: INSTRUMENT_CLASSES.filter(isB3Class),
      curveClasses: CURVE_CLASSES,
    },
    summaryPeriods: SUMMARY_PERIODS,
    priceJump: JUMP,
    bankDays: dayList(allBankDays()),
    sessions: dayList(allSessions()),
    instruments: instruments(),
  };
  return `${JSON.stringify(contract, null, 1)}\n`;
}

function shape(table: Table): object {
  return {
    sortedBy: table.sortedBy,
    columns: table.columns.map(({ name, type }) => ({ name, type: SPARK_TYPES[type] })),
  };
}

function silverTable(table: Table & { readonly name: string }): object {
  const name = table.name as SilverTableName;
  return { ...shape(table), key: keySql(name), identity: identitySql(name), added: ADDED[name] ?? {} };
}

/** From the first to the last of some weekdays, without what lies between them and is none: less to read than all of them. */
function dayList(days: readonly IsoDay[]): object {
  const [first = "", last = ""] = [days[0], days.at(-1)];
  const known = new Set(days);
  const holidays: string[] = [];
  for (let day = first; day < last; day = addDays(day, 1)) {
    if (!known.has(day) && weekday(day) !== 0 && weekday(day) !== 6) holidays.push(day);
  }
  return { first, last, holidays };
}

/** The built-in table, and how what it does not hold is told by its code. */
function instruments(): object {
  return {
    builtin: BUILTIN_INSTRUMENTS,
    currencies: Intl.supportedValuesOf("currency"),
    treasury: TREASURY,
    patterns: {
      cash: CASH_CODE.source,
      b3: B3_CODE.source,
      abroad: ABROAD_CODE.source,
      byName: BY_NAME.map(([start, found]) => [start.source, found]),
    },
  };
}
