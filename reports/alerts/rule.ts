import { Decimal } from "../../src/money/decimal.ts";

export type RuleDirection = "up" | "down" | "either";

/** What an owner wants to be told of. A null asset or client stands for any that the owner may see. */
export type Rule = {
  /** Told at once, whatever the hour and however many were told. */
  readonly urgent: boolean;
} & (
  | {
      /** The price of something held, an exchange rate or an index, against the previous close. */
      readonly kind: "asset_day";
      readonly asset: string | null;
      readonly direction: RuleDirection;
      readonly percent: Decimal;
    }
  | {
      /** The price against each client's own average cost. */
      readonly kind: "asset_cost";
      readonly asset: string | null;
      readonly direction: RuleDirection;
      readonly percent: Decimal;
    }
  | {
      /** A price, rate or level of an index through a level, in its own currency. */
      readonly kind: "asset_level";
      readonly asset: string;
      readonly direction: "up" | "down";
      readonly level: Decimal;
    }
  | {
      readonly kind: "client_day";
      readonly client: string | null;
      readonly direction: RuleDirection;
      readonly percent: Decimal;
    }
  | {
      /** In reais. */
      readonly kind: "client_money";
      readonly client: string | null;
      readonly direction: RuleDirection;
      readonly amount: Decimal;
    }
  | {
      /** The weight of one instrument in a client's portfolio. */
      readonly kind: "weight";
      readonly client: string | null;
      readonly asset: string | null;
      readonly percent: Decimal;
    }
  | { readonly kind: "income"; readonly asset: string | null }
  | { readonly kind: "maturity"; readonly client: string | null; readonly days: number }
  | { readonly kind: "stale" }
);

/** A new rule is offered in these bounds: beyond them it is a slip of the hand. */
export const PERCENT_MAX = Decimal.of(1_000);
export const DAYS_MAX = 365;

const DIRECTIONS: ReadonlySet<unknown> = new Set(["up", "down", "either"]);

/** Reads a rule as `JSON.stringify` wrote it; null for what this version does not know. */
export function ruleOf(stored: unknown): Rule | null {
  if (typeof stored !== "object" || stored === null) return null;
  const said = new Map<string, unknown>(Object.entries(stored));
  const urgent = said.get("urgent") === true;
  const asset = nameOf(said.get("asset"));
  const client = nameOf(said.get("client"));
  const direction = said.get("direction");
  const way = DIRECTIONS.has(direction) ? (direction as RuleDirection) : null;
  const figure = (name: string): Decimal | null => decimalOf(said.get(name));
  const [percent, amount, level] = [figure("percent"), figure("amount"), figure("level")];
  const kind = said.get("kind");
  switch (kind) {
    case "asset_day":
    case "asset_cost":
      return way === null || percent === null ? null : { kind, urgent, asset, direction: way, percent };
    case "asset_level":
      if (asset === null || level === null || way === null || way === "either") return null;
      return { kind, urgent, asset, direction: way, level };
    case "client_day":
      return way === null || percent === null ? null : { kind, urgent, client, direction: way, percent };
    case "client_money":
      return way === null || amount === null ? null : { kind, urgent, client, direction: way, amount };
    case "weight":
      return percent === null ? null : { kind, urgent, client, asset, percent };
    case "income":
      return { kind, urgent, asset };
    case "maturity": {
      const days = said.get("days");
      return typeof days === "number" ? { kind, urgent, client, days } : null;
    }
    case "stale":
      return { kind, urgent };
    default:
      return null;
  }
}

function nameOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function decimalOf(value: unknown): Decimal | null {
  return typeof value === "string" && /^-?\d{1,30}(?:\.\d{1,30})?$/.test(value) ? Decimal.parse(value) : null;
}

/** The instrument and the client that a rule is about. */
export function namesOf(rule: Rule): { readonly asset: string | null; readonly client: string | null } {
  return {
    asset: "asset" in rule ? rule.asset : null,
    client: "client" in rule ? rule.client : null,
  };
}

export function sameRule(one: Rule, other: Rule): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(rule: Rule): readonly (readonly [string, unknown])[] {
  const plain: Record<string, unknown> = JSON.parse(JSON.stringify(rule));
  return Object.entries(plain).sort(([one], [other]) => (one < other ? -1 : 1));
}
