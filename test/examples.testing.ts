import { expect } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/**
 * Examples of docs/money.md, from a file to an answer: one client and one instrument an example, so that all of a test's
 * examples fit in one book. The clock stands after the close of Tuesday 2026-03-31.
 */

const FIELDS = [
  ...(["quantidade", "preco", "moeda", "taxas", "fator", "valor", "corretora", "ir"] as const),
  ...(["indexador", "taxa_juros", "vencimento"] as const),
] as const;
type Data = Readonly<Record<string, unknown>>;

export interface Examples {
  /** A client with these operations, told as `2026-03-02 compra PETR4 quantidade=100 preco=10`; gives the id. */
  clientWith(rows: readonly string[], options?: { readonly cash?: boolean }): string;
  /** Closes of one instrument: `2026-03-30=40`. */
  closes(asset: string, ...points: readonly string[]): void;
  /** Another file of the book. */
  file(name: string, lines: readonly string[]): void;
  /** Loads all that was told so far; once, before the questions. */
  load(): Promise<void>;
  remove(): Promise<void>;
  /** The whole answer to a question, which must be one. */
  answer(text: string, ...options: readonly string[]): Promise<Data>;
  ask(text: string, ...options: readonly string[]): Promise<Data>;
  holding(client: string, asset: string, ...options: readonly string[]): Promise<Data>;
  returns(client: string, period: string, ...options: readonly string[]): Promise<Data>;
  sinceStart(client: string, ...options: readonly string[]): Promise<Data>;
}

export function examplesOf(): Examples {
  const files = new Map<string, readonly string[]>();
  const clients = ["cliente;nome;corretor;controla_caixa"];
  const operations = [["cliente", "data", "tipo", "ativo", ...FIELDS].join(";")];
  const prices = ["data;ativo;preco"];
  let line: CommandLine | null = null;

  const answer: Examples["answer"] = async (text, ...options) => {
    if (line === null) throw new Error("the examples are not loaded yet");
    const found = await line.json("ask", text, "--as", "corretor1", ...options);
    expect(found, text).toMatchObject({ status: "ok" });
    return found;
  };
  const ask: Examples["ask"] = async (...asked) => (await answer(...asked))["data"] as Data;
  const returns: Examples["returns"] = (client, period, ...options) =>
    ask(`rentabilidade do ${client} ${period}`, ...options);
  return {
    clientWith(rows, options = {}) {
      const client = `cliente${clients.length}`;
      clients.push(`${client};Pessoa ${clients.length};corretor1;${options.cash === true ? "sim" : ""}`);
      for (const row of rows) {
        const [date = "", type = "", asset = "", ...rest] = row.split(" ");
        const fields = new Map(rest.map((pair) => pair.split("=", 2) as [string, string]));
        const cells = FIELDS.map((field) => fields.get(field) ?? "");
        operations.push([client, date, type, asset === "-" ? "" : asset, ...cells].join(";"));
      }
      return client;
    },
    closes(asset, ...points) {
      for (const point of points) {
        const [date, price] = point.split("=", 2);
        prices.push(`${date};${asset};${price}`);
      }
    },
    file: (name, lines) => void files.set(name, lines),
    async load() {
      line = await openCommandLine(() => new Date("2026-03-31T21:30:00Z"));
      files.set("clientes.csv", clients).set("operacoes.csv", operations).set("precos.csv", prices);
      for (const [name, lines] of files) line.write(name, lines);
      const { code, out } = await line.carteira("ingest", ...files.keys(), "--as", "admin");
      expect(code, out).toBe(0);
    },
    remove: async () => await line?.remove(),
    answer,
    ask,
    holding: (client, asset, ...options) => ask(`/carteira ${client} ${asset}`, ...options),
    returns,
    sinceStart: (client, ...options) => returns(client, "desde o início", ...options),
  };
}
