import { openCommandLine } from "./command-line.testing.ts";
import { shown } from "./plain-figures.testing.ts";
import {
  LAST_DAY,
  type Recording,
  readRecordings,
  recorded,
  startRecordedSources,
} from "./recorded-closes.testing.ts";

/** A real book on the recorded market: every instrument has a client who bought it on its first day, and all prices come by a refresh. */
export interface RecordedBook {
  /** What the refresh came to, as JSON. */
  readonly refreshed: Readonly<Record<string, unknown>>;
  /** The data of the answer to a question about a day. */
  ask(text: string, at: string): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

/** MGLU3's reverse split, 10 to 1, and the session before it. */
export const SPLIT_DAY = "2024-05-27";
export const BEFORE_SPLIT = "2024-05-24";

export const all: readonly Recording[] = recorded ? readRecordings() : [];
export const clientOf = (code: string): string => `cliente${101 + all.findIndex((one) => one.code === code)}`;

/** On the evening of the last recorded day. */
export async function openRecordedBook(): Promise<RecordedBook> {
  const sources = await startRecordedSources();
  let now = Date.parse(`${LAST_DAY}T23:00:00Z`);
  // The clock goes on a little with every look at it, as time does.
  const clock = (): Date => {
    now += 5;
    return new Date(now);
  };
  const line = await openCommandLine(clock, {
    ...sources.environment,
    CARTEIRA_SOURCE_REQUESTS_PER_SECOND: "20",
  });
  const files = [line.write("clientes.csv", clientRows()), line.write("operacoes.csv", operationRows())];
  const loaded = await line.carteira("ingest", ...files, "--as", "admin");
  if (loaded.code !== 0) throw new Error(loaded.out + loaded.err);
  return {
    refreshed: await line.json("refresh"),
    async ask(text, at) {
      const { status, data } = await line.json("ask", text, "--at", at, "--as", "corretor1");
      if (status !== "ok") throw new Error(`${String(status)}: ${text}`);
      return data as Readonly<Record<string, unknown>>;
    },
    async close() {
      await line.remove();
      await sources.close();
    },
  };
}

/** One client an instrument; one in reais who holds dollars, two who hold MGLU3 over its reverse split. */
function clientRows(): readonly string[] {
  return [
    "cliente;nome;corretor;moeda_base",
    ...all.map(({ code, currency }) => `${clientOf(code)};Dono de ${code};corretor1;${currency}`),
    "cliente201;Em reais;corretor1;BRL",
    "cliente202;Com o grupamento;corretor1;BRL",
    "cliente203;Sem o grupamento;corretor1;BRL",
  ];
}

/** Each bought 100 on the first day, at the price of that day as it was traded. */
function operationRows(): readonly string[] {
  const bought = ({ code, currency }: Recording, client: string, wish: { day: string; units: number }) => {
    const close = closeOf(code, wish.day);
    const traded = code === "MGLU3" ? close.units / 10n : close.units;
    const price = shown(traded).replace(".", ",");
    return `${client};${brazilian(wish.day)};compra;${code};${wish.units};${price};${currency};`;
  };
  const first = ({ closes }: Recording) => closes[0]?.day ?? "";
  return [
    "cliente;data;tipo;ativo;quantidade;preco;moeda;fator",
    ...all.map((one) => bought(one, clientOf(one.code), { day: first(one), units: 100 })),
    bought(recordingOf("AAPL"), "cliente201", { day: first(recordingOf("AAPL")), units: 100 }),
    bought(recordingOf("MGLU3"), "cliente202", { day: "2024-05-20", units: 1000 }),
    bought(recordingOf("MGLU3"), "cliente203", { day: "2024-05-20", units: 1000 }),
    `cliente202;${brazilian(SPLIT_DAY)};grupamento;MGLU3;;;;10:1`,
  ];
}

export function brazilian(day: string): string {
  return day.split("-").reverse().join("/");
}

export function recordingOf(code: string): Recording {
  const found = all.find((one) => one.code === code);
  if (found === undefined) throw new RangeError(`not recorded: ${code}`);
  return found;
}

/** The last close on or before a day. */
export function lastClose({ code, closes }: Recording, day: string) {
  const found = closes.findLast((close) => close.day <= day);
  if (found === undefined) throw new RangeError(`${code} has no close up to ${day}`);
  return found;
}

export const closeOf = (code: string, day: string) => lastClose(recordingOf(code), day);

/** The close before the one of a day. */
export function closeBefore(one: Recording, day: string) {
  const before = one.closes[one.closes.findIndex((close) => close.day === day) - 1];
  if (before === undefined) throw new RangeError(`${one.code} has no close before ${day}`);
  return before;
}
