import type { IsoDay } from "../../money/day.ts";
import { type DemoClient, type Profile, SHOWCASE_CLIENT } from "./clients.ts";
import type { Group } from "./instrument.ts";
import { type Random, randomOf } from "./random.ts";
import type { DemoMonth } from "./timeline.ts";
import { UNIVERSE } from "./universe.ts";

/** What a client means to do on a day; how many units it comes to depends on the day's price and holdings. */
export type Intention =
  | { readonly day: IsoDay; readonly kind: "contribute"; readonly amount: number }
  | { readonly day: IsoDay; readonly kind: "withdraw"; readonly share: number }
  | { readonly day: IsoDay; readonly kind: "charge"; readonly amount: number }
  | {
      readonly day: IsoDay;
      readonly kind: "buy";
      readonly code: string;
      readonly amount: number;
      readonly slip: number;
    }
  /** `which` (0 to 1) chooses among the positions that may be sold on the day; a `share` of 1 sells all of it. */
  | {
      readonly day: IsoDay;
      readonly kind: "sell";
      readonly which: number;
      readonly share: number;
      readonly slip: number;
    }
  | { readonly day: IsoDay; readonly kind: "transfer_in"; readonly code: string; readonly amount: number }
  | { readonly day: IsoDay; readonly kind: "transfer_out"; readonly code: string; readonly share: number };

/** Weight in percent and number of instruments of each group, by profile. */
const MIXES: Readonly<Record<Profile | "dollar", readonly (readonly [Group, number, number])[]>> = {
  conservador: [
    ["tesouro", 35, 2],
    ["bancario", 35, 2],
    ["fii", 12, 2],
    ["acao", 10, 3],
    ["fundo", 8, 1],
  ],
  moderado: [
    ["acao", 32, 6],
    ["tesouro", 20, 2],
    ["fii", 18, 3],
    ["bancario", 14, 1],
    ["etf", 8, 1],
    ["bdr", 5, 1],
    ["fundo", 3, 1],
  ],
  arrojado: [
    ["acao", 50, 8],
    ["fii", 13, 2],
    ["etf", 8, 1],
    ["bdr", 9, 2],
    ["exterior", 6, 1],
    ["cripto", 6, 2],
    ["tesouro", 8, 1],
  ],
  dollar: [
    ["exterior", 50, 3],
    ["acao", 20, 3],
    ["etf", 15, 1],
    ["cripto", 15, 1],
  ],
};

/** The client of the product's examples holds something of every class. */
const SHOWCASE = new Map<string, number>(
  Object.entries({
    PETR4: 9,
    VALE3: 7,
    ITUB4: 8,
    WEGE3: 6,
    ITSA4: 5,
    TAEE11: 4,
    HGLG11: 6,
    KNRI11: 5,
    MXRF11: 4,
    IVVB11: 7,
    MSFT34: 3,
    AAPL: 5,
    "TESOURO IPCA+ 2035": 12,
    "CDB HORIZONTE 112 CDI": 14,
    BTC: 5,
  }),
);

/** Cash of a controlled account is in reais: dollars would need an exchange that no file states. */
const inReais = (group: Group): boolean => group !== "exterior";

/** What the client means to hold: codes and their weights in percent. */
export function targetsOf(client: DemoClient, seed: string | number): ReadonlyMap<string, number> {
  if (client.id === SHOWCASE_CLIENT) return SHOWCASE;
  const random = randomOf(seed, "targets", client.id);
  const mix = MIXES[client.baseCurrency === "USD" ? "dollar" : client.profile];
  const targets = new Map<string, number>();
  for (const [group, weight, count] of mix) {
    if (client.controlsCash && !inReais(group)) continue;
    const codes = UNIVERSE.filter((instrument) => instrument.group === group).map(({ code }) => code);
    const chosen = new Set<string>();
    while (chosen.size < Math.min(count, codes.length)) chosen.add(random.pick(codes));
    const parts = [...chosen].map((code) => ({ code, part: random.between(0.6, 1.4) }));
    const whole = parts.reduce((total, { part }) => total + part, 0);
    for (const { code, part } of parts) targets.set(code, (weight * part) / whole);
  }
  return targets;
}

/** With controlled cash, what came in as income and from sales is spent too, as far as there is any. */
const REINVESTED = 3;

/** Sessions of a month, counted from 1. All months have 17; the last session is left to the custody snapshot. */
const FIRST_BUY = 2;
const LAST_BUY = 12;
const FIRST_SELL = 13;
const LAST_SELL = 15;
const WITHDRAWAL = 16;
const CHARGE = 5;
const TRANSFER = 7;
const TRANSFER_IN_MONTH = 5;
const TRANSFER_OUT_MONTH = 14;
const TRANSFERRED = "EGIE3";

/** What the client means to do in the `age`-th month after coming (0 = the first), in the order of days. */
export function intentionsOf(
  client: DemoClient,
  age: number,
  month: DemoMonth,
  options: { readonly seed: string | number; readonly targets: ReadonlyMap<string, number> },
): readonly Intention[] {
  const random = randomOf(options.seed, "plan", client.id, month.key);
  const day = (session: number): IsoDay => month.days[session - 1] ?? "";
  const amount = age === 0 ? client.wealth : client.wealth * random.between(0.004, 0.018);
  const intentions: Intention[] = [];
  if (client.controlsCash) {
    intentions.push({ day: day(1), kind: "contribute", amount: amount * (age === 0 ? 1.05 : 1) });
    if (age % 3 === 2) intentions.push({ day: day(CHARGE), kind: "charge", amount: 29.9 });
    if (random.chance(0.3)) {
      intentions.push({ day: day(WITHDRAWAL), kind: "withdraw", share: random.between(0.3, 0.6) });
    }
  }
  const spent = client.controlsCash && age > 0 ? amount * REINVESTED : amount;
  intentions.push(...purchases(age, spent, { random, day, targets: options.targets }));
  if (age > 1 && random.chance(0.28)) {
    const share = random.chance(0.15) ? 1 : random.between(0.1, 0.5);
    const slip = random.between(-0.003, 0.003);
    const on = day(random.whole(FIRST_SELL, LAST_SELL));
    intentions.push({ day: on, kind: "sell", which: random.next(), share, slip });
  }
  if (client.transfers && age === TRANSFER_IN_MONTH) {
    const moved = client.wealth * 0.04;
    intentions.push({ day: day(TRANSFER), kind: "transfer_in", code: TRANSFERRED, amount: moved });
  }
  if (client.transfers && age === TRANSFER_OUT_MONTH) {
    intentions.push({ day: day(TRANSFER), kind: "transfer_out", code: TRANSFERRED, share: 0.5 });
  }
  return intentions.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** In the first month everything, weighted; later one or two things a month. */
function purchases(
  age: number,
  amount: number,
  by: { random: Random; day: (session: number) => IsoDay; targets: ReadonlyMap<string, number> },
): Intention[] {
  const { random, day, targets } = by;
  const buy = (code: string, part: number): Intention => ({
    day: day(random.whole(FIRST_BUY, LAST_BUY)),
    kind: "buy",
    code,
    amount: amount * part,
    slip: random.between(-0.003, 0.003),
  });
  if (age === 0) return [...targets].map(([code, weight]) => buy(code, weight / 100));
  const codes = [...targets.keys()];
  const count = random.whole(1, 2);
  return Array.from({ length: count }, () => buy(random.pick(codes), 1 / count));
}
