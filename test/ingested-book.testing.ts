import { expect } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/** What `ingest --json` says of one file. */
export interface Outcome {
  readonly upload: string;
  readonly file: string;
  readonly kind: string | null;
  readonly rows: number;
  readonly loaded: number;
  readonly replaced: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly promoted: boolean;
  readonly issues: readonly { line: number; column: string; value: string; reason: string }[];
}

export interface Ingested {
  readonly code: number;
  readonly runId: string | null;
  readonly file: Outcome;
}

/** The header of the operations files that `ingest` loads. */
export const HEADER = "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;id";

/** loaded, replaced, repeated, rejected */
export const counts = ({ file }: Ingested) => [file.loaded, file.replaced, file.repeated, file.rejected];

/** A book with three clients of two brokers and three prices, whose clock moves on with every look at it. */
export interface IngestedBook {
  readonly line: CommandLine;
  /** Loads one file of operations in the scope of `corretor1`. */
  ingest(name: string, rows: readonly string[], ...options: readonly string[]): Promise<Ingested>;
  /** Loads one file, and checks what holds of every outcome. */
  load(...args: readonly string[]): Promise<Ingested>;
  /** The data of an answer about a holding. */
  holding(client: string, asset: string): Promise<Readonly<Record<string, unknown>>>;
  quantity(client: string, asset: string): Promise<unknown>;
}

export async function openIngestedBook(): Promise<IngestedBook> {
  let clockMs = Date.parse("2026-01-09T21:30:00Z");
  const line = await openCommandLine(() => {
    clockMs += 10;
    return new Date(clockMs);
  });
  const load: IngestedBook["load"] = async (...args) => {
    const { code, out } = await line.carteira("ingest", ...args, "--json");
    const value = JSON.parse(out) as { runId: string | null; files: readonly Outcome[] };
    const [file] = value.files;
    if (file === undefined) throw new Error("no outcome");
    expect(file.rows).toBe(file.loaded + file.replaced + file.repeated + file.rejected);
    return { code, runId: value.runId, file };
  };
  const holding: IngestedBook["holding"] = async (client, asset) => {
    const { data } = await line.json("ask", `/carteira ${client} ${asset}`, "--as", "admin");
    return data as Readonly<Record<string, unknown>>;
  };
  const clients = line.write("clientes.csv", [
    "cliente;nome;corretor",
    "cliente1;Ana Souza;corretor1",
    "cliente2;Bia Lima;corretor1",
    "cliente9;Caio Reis;corretor2",
  ]);
  const prices = line.write("precos.csv", [
    "data;ativo;preco;moeda",
    ...["PETR4;32,00", "VALE3;61,00", "ITUB4;30,00"].map((price) => `09/01/2026;${price};BRL`),
  ]);
  expect((await load(clients, "--as", "admin")).code).toBe(0);
  // Whoever runs the command line owns the machine: --as limits whose operations, not what kinds.
  expect((await load(prices, "--as", "corretor1")).file).toMatchObject({ kind: "prices", loaded: 3 });
  return {
    line,
    load,
    ingest: (name, rows, ...options) =>
      load(line.write(name, [HEADER, ...rows]), "--as", "corretor1", ...options),
    holding,
    quantity: async (client, asset) => (await holding(client, asset))["quantity"],
  };
}
