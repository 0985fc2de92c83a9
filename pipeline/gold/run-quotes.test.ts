import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QUOTES_LATEST } from "../../src/contracts/gold.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { openEngine, quote } from "../engine.ts";
import { openTestBook, type TestBook } from "./book.testing.ts";
import { readQuotes } from "./publish.ts";
import { publishRunQuotes } from "./run-quotes.ts";
import { publishLive } from "./speed.ts";

/** Tuesday 2026-03-31, after the close. */
const NOW = new Date("2026-03-31T21:30:00Z");

let book: TestBook;

beforeEach(async () => {
  book = await openTestBook(NOW);
});

afterEach(() => book.remove());

async function quotes(): Promise<Readonly<Record<string, Readonly<Record<string, string | null>>>>> {
  const { file, runId } = await readQuotes(book.lake);
  if (file === null) throw new Error("no quotes are published");
  const engine = await openEngine(join(book.dir, "quotes"));
  try {
    const columns = QUOTES_LATEST.columns.map(({ name }) => `cast(${name} as varchar) as ${name}`).join(", ");
    const rows = await engine.rows(
      `select ${columns} from read_parquet(${quote(await book.lake.stage(file.key))}) order by instrument_id`,
    );
    expect(new Set(rows.map((row) => row["run_id"]))).toEqual(new Set([runId]));
    return Object.fromEntries(
      rows.map(({ run_id: _, ...row }) => [String(row["instrument_id"]), row as Record<string, string>]),
    );
  } finally {
    engine.close();
  }
}

describe("the quotes of a run that another engine has built", () => {
  it("are those of a build of ours, with splits that a source files and that operations tell", async () => {
    await book.load({
      "clientes.csv": "cliente;nome;corretor;moeda_base\nana;Ana;c1;BRL\nbob;Bob;c1;USD\n",
      "operacoes.csv":
        "cliente;data;tipo;ativo;quantidade;preco;fator\nana;02/03/2026;compra;PETR4;100;30;\n" +
        "ana;02/03/2026;compra;MGLU3;100;10;\nbob;02/03/2026;compra;VALE3;10;60;\nana;02/03/2026;compra;ITUB4;10;40;\n" +
        "ana;31/03/2026;desdobramento;MGLU3;;;1:4\n",
      "precos.csv":
        "data;ativo;preco\n27/03/2026;PETR4;31\n30/03/2026;PETR4;32\n31/03/2026;PETR4;16,20\n30/03/2026;VALE3;61\n" +
        "27/03/2026;MGLU3;8\n31/03/2026;MGLU3;2,10\n30/03/2026;USDBRL;5,00\n31/03/2026;USDBRL;5,10\n" +
        "30/03/2026;WEGE3;50\n31/03/2026;WEGE3;26\n30/03/2026;ITUB4;40\n31/03/2026;ITUB4;41\n30/03/2026;CDI;0,055131\n",
      // One that somebody holds, one that nobody does; bonus shares never turn a close back.
      "eventos.csv":
        "ativo;data;tipo;fator;custo\nPETR4;31/03/2026;desdobramento;1:2;\nWEGE3;31/03/2026;desdobramento;1:2;\n" +
        "ITUB4;31/03/2026;bonificacao;10:11;20\n",
    });
    expect((await book.ledger.list(10)).map(({ status }) => status)).toEqual(Array(4).fill("active"));
    await book.build();
    await publishLive({ lake: book.lake, scratchDir: join(book.dir, "live"), now: () => NOW }, [
      {
        instrumentId: "VALE3",
        class: "acao",
        price: Decimal.parse("61.5"),
        currency: "BRL",
        priceDay: "2026-03-31",
        priceAt: "2026-03-31T20:44:00.000Z",
        previousClose: null,
        source: "yahoo",
        delayMinutes: 15,
        capturedAt: "2026-03-31T21:00:00.000Z",
      },
    ]);
    const built = await quotes();
    expect(built["PETR4"]).toMatchObject({ price: "16.20000000", previous_close: "16.00000000" });
    expect(built["MGLU3"]).toMatchObject({ price: "2.10000000", previous_close: "2.00000000" });
    expect(built["WEGE3"]).toMatchObject({ previous_close: "25.00000000" });
    expect(built["ITUB4"]).toMatchObject({ previous_close: "40.00000000" });
    expect(built["VALE3"]).toMatchObject({ price: "61.50000000", source: "yahoo" });
    const actions = (await book.ledger.active()).filter(({ kind }) => kind === "actions");
    const before = (await readQuotes(book.lake)).runId;
    const deps = { lake: book.lake, scratchDir: join(book.dir, "lambda"), now: () => NOW };
    const runId = await publishRunQuotes(deps, await book.manifest(), actions);
    expect((await readQuotes(book.lake)).runId).toBe(runId);
    expect(runId).not.toBe(before);
    expect(await quotes()).toEqual(built);
    // Without the ledger of corporate actions they would not be.
    await publishRunQuotes(deps, await book.manifest(), []);
    expect((await quotes())["WEGE3"]).toMatchObject({ previous_close: "50.00000000" });
  });

  it("of a book without prices are none", async () => {
    await book.load({ "clientes.csv": "cliente;nome;corretor\nana;Ana;c1\n" });
    await book.build();
    await publishRunQuotes(
      { lake: book.lake, scratchDir: join(book.dir, "lambda"), now: () => NOW },
      await book.manifest(),
      [],
    );
    expect((await readQuotes(book.lake)).file).toMatchObject({ rows: 0 });
  });
});
