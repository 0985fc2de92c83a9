import type { IsoDay } from "../../money/day.ts";
import { averageCost, type DemoOperation, OPERATION_COLUMNS } from "./account.ts";
import { clientAt, DEMO_BROKERS, type DemoClient } from "./clients.ts";
import { brazilianDay, brazilianNumber, brazilianQuantity, csvFile, type DemoFile } from "./csv.ts";
import { History } from "./history.ts";
import { type DemoMarket, type DemoOptions, marketOf } from "./market.ts";
import { UNIVERSE } from "./universe.ts";

export type { DemoFile } from "./csv.ts";
export type { DemoOptions } from "./market.ts";

/** The days whose rows are wanted: after `after` and up to the demo's end. */
interface Window {
  readonly after: IsoDay;
  readonly until: IsoDay;
}

const SOURCE = "demo";
const BEFORE_ALL = "0000-00-00";

/**
 * The files of a synthetic book, in the order in which they are to be loaded: clients, instruments, prices,
 * operations of each broker, and a custody snapshot that agrees with them. Bodies are written as they are read,
 * so that a book of any size streams. Throws CalendarError for years without a calendar.
 */
export function generateDemo(options: DemoOptions): readonly DemoFile[] {
  const market = marketOf(options);
  const window = { after: BEFORE_ALL, until: options.today };
  return present([
    clientsFile(options),
    instrumentsFile(),
    ...priceFiles(market, window, ""),
    ...operationFiles(options, market, window, ""),
    custodyFile(options, market),
  ]);
}

/**
 * What a book made by `generateDemo` lacks once it is a later day: prices and operations after `from`, the day
 * it was made or last extended to. With them it equals the book that is made afresh on `today`, but for the
 * custody snapshot. No files where no day is missing.
 */
export function extendDemo(options: DemoOptions & { readonly from: IsoDay }): readonly DemoFile[] {
  if (options.from >= options.today) return [];
  const market = marketOf(options);
  const window = { after: options.from, until: options.today };
  const suffix = `-${options.today}`;
  return present([...priceFiles(market, window, suffix), ...operationFiles(options, market, window, suffix)]);
}

function present(files: readonly (DemoFile | null)[]): readonly DemoFile[] {
  return files.filter((file) => file !== null);
}

function clientsFile(options: DemoOptions): DemoFile | null {
  const header = ["cliente", "nome", "corretor", "perfil", "validade_perfil", "moeda_base", "controla_caixa"];
  return csvFile({ fileName: "demo-clientes.csv", kind: "clients", header }, clientRows(options));
}

function* clientRows(options: DemoOptions): Generator<string[]> {
  for (const client of clientsOf(options)) {
    const { id, name, broker, profile, profileValidUntil, baseCurrency, controlsCash } = client;
    const cash = controlsCash ? "sim" : "não";
    yield [id, name, broker, profile, brazilianDay(profileValidUntil), baseCurrency, cash];
  }
}

function* clientsOf(options: DemoOptions): Generator<DemoClient> {
  for (let index = 0; index < options.clients; index++) yield clientAt(index, options);
}

function instrumentsFile(): DemoFile | null {
  const header = ["ativo", "nome", "classe", "setor", "moeda", "emissor", "simbolo_yahoo", "apelidos"];
  const rows = UNIVERSE.flatMap(({ code, currency, registered }) =>
    registered === undefined
      ? []
      : [
          [
            code,
            registered.name,
            registered.class,
            registered.sector,
            currency,
            registered.issuer,
            "",
            registered.aliases,
          ],
        ],
  );
  return csvFile({ fileName: "demo-ativos.csv", kind: "instruments", header }, rows);
}

function priceFiles(market: DemoMarket, window: Window, suffix: string): (DemoFile | null)[] {
  const header = ["data", "ativo", "preco", "moeda", "fonte"];
  const file = (name: string) => ({ fileName: `demo-${name}${suffix}.csv`, kind: "prices" as const, header });
  return [
    csvFile(file("precos"), closeRows(market, window)),
    csvFile(file("cambio-e-indices"), indexRows(market, window)),
  ];
}

const isInside = (day: IsoDay, window: Window): boolean => day > window.after && day <= window.until;

function* closeRows(market: DemoMarket, window: Window): Generator<string[]> {
  const currencies = new Map(UNIVERSE.map(({ code, currency }) => [code, currency]));
  for (const [index, day] of market.timeline.sessions.entries()) {
    if (!isInside(day, window)) continue;
    for (const [code, { closes, decimals }] of market.prices) {
      const currency = currencies.get(code);
      const close = closes[index];
      if (currency === undefined || close === undefined) continue;
      yield [brazilianDay(day), code, brazilianNumber(close, decimals), currency, SOURCE];
    }
  }
}

function* indexRows(market: DemoMarket, window: Window): Generator<string[]> {
  const row = (day: IsoDay, code: string, units: number, decimals: number): string[] => [
    brazilianDay(day),
    code,
    brazilianNumber(units, decimals),
    "BRL",
    SOURCE,
  ];
  for (const code of ["USDBRL", "IBOV"]) {
    const path = market.prices.get(code);
    for (const [index, day] of market.timeline.sessions.entries()) {
      const close = path?.closes[index];
      if (path !== undefined && close !== undefined && isInside(day, window)) {
        yield row(day, code, close, path.decimals);
      }
    }
  }
  for (const { day, percentE6 } of market.economy.cdi) {
    if (isInside(day, window)) yield row(day, "CDI", percentE6, 6);
  }
  for (const { day, percentE2, published } of market.economy.ipca) {
    if (isInside(published, window)) yield row(day, "IPCA", percentE2, 2);
  }
}

function operationFiles(
  options: DemoOptions,
  market: DemoMarket,
  window: Window,
  suffix: string,
): (DemoFile | null)[] {
  return DEMO_BROKERS.map((broker) =>
    csvFile(
      { fileName: `demo-operacoes-${broker}${suffix}.csv`, kind: "operations", header: OPERATION_COLUMNS },
      operationRows(options, market, window, broker),
    ),
  );
}

function* operationRows(
  options: DemoOptions,
  market: DemoMarket,
  window: Window,
  broker: string,
): Generator<readonly string[]> {
  for (const client of clientsOf(options)) {
    if (client.broker !== broker) continue;
    const operations: Iterable<DemoOperation> = new History(client, market, options.seed).operations(
      window.until,
    );
    for (const { day, cells } of operations) {
      if (isInside(day, window)) yield cells;
    }
  }
}

/**
 * What the custodian says of the last session of the month before: a day without operations, so that the order
 * of a snapshot and of the day's trades is no question.
 */
function custodyFile(options: DemoOptions, market: DemoMarket): DemoFile | null {
  const day = market.timeline.months.at(-2)?.days.at(-1);
  if (day === undefined) return null;
  const header = ["cliente", "data", "ativo", "quantidade", "preco_medio", "moeda"];
  const fileName = `demo-custodia-${day}.csv`;
  return csvFile({ fileName, kind: "positions", header }, custodyRows(options, market, day));
}

function* custodyRows(options: DemoOptions, market: DemoMarket, day: IsoDay): Generator<string[]> {
  const currencies = new Map(UNIVERSE.map(({ code, currency }) => [code, currency]));
  for (const client of clientsOf(options)) {
    const account = new History(client, market, options.seed).accountAfter(day);
    for (const [code, position] of account.positions) {
      if (position.quantityE8 === 0) continue;
      const average = averageCost(position).toString().replace(".", ",");
      const quantity = brazilianQuantity(position.quantityE8);
      yield [client.id, brazilianDay(day), code, quantity, average, currencies.get(code) ?? "BRL"];
    }
  }
}
