import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QUOTES_LATEST } from "../../src/contracts/gold.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { openEngine, quote } from "../engine.ts";
import { openTestBook, type TestBook } from "./book.testing.ts";
import type { LivePrice } from "./live-quotes.ts";
import { readQuotes } from "./publish.ts";
import { publishLive } from "./speed.ts";

/** Tuesday 2026-03-31, 15:00 in São Paulo: the session of the day is running, closes reach Monday. */
const NOW = new Date("2026-03-31T18:00:00Z");

let book: TestBook;

beforeEach(async () => {
  book = await openTestBook(NOW);
  await book.load({
    "clientes.csv": "cliente;nome;corretor;moeda_base\nana;Ana;c1;BRL\nbob;Bob;c1;USD\n",
    "operacoes.csv":
      "cliente;data;tipo;ativo;quantidade;preco\nana;02/03/2026;compra;PETR4;100;30\nana;02/03/2026;compra;MGLU3;100;10\n" +
      "bob;02/03/2026;compra;VALE3;10;60\n",
    "precos.csv":
      "data;ativo;preco\n27/03/2026;PETR4;31\n30/03/2026;PETR4;32\n30/03/2026;VALE3;61\n27/03/2026;MGLU3;9\n30/03/2026;USDBRL;5,00\n31/03/2026;USDBRL;5,10\n",
  });
  await book.build();
});

afterEach(() => book.remove());

const live = (code: string, price: string, extra: Partial<LivePrice> = {}): LivePrice => ({
  instrumentId: code,
  class: "acao",
  price: Decimal.parse(price),
  currency: "BRL",
  priceDay: "2026-03-31",
  priceAt: "2026-03-31T17:44:00.000Z",
  previousClose: null,
  source: "yahoo",
  delayMinutes: 15,
  capturedAt: "2026-03-31T18:00:00.000Z",
  ...extra,
});

const publish = (...prices: readonly LivePrice[]): Promise<string | null> =>
  publishLive({ lake: book.lake, scratchDir: join(book.dir, "live"), now: () => NOW }, prices);

async function quotes(): Promise<Readonly<Record<string, Readonly<Record<string, string | null>>>>> {
  const { file } = await readQuotes(book.lake);
  if (file === null) throw new Error("no quotes are published");
  const engine = await openEngine(join(book.dir, "quotes"));
  try {
    const columns = QUOTES_LATEST.columns.map(({ name }) => `cast(${name} as varchar) as ${name}`).join(", ");
    const rows = await engine.rows(
      `select ${columns} from read_parquet(${quote(await book.lake.stage(file.key))}) order by instrument_id`,
    );
    return Object.fromEntries(
      rows.map((row) => [String(row["instrument_id"]), row as Record<string, string>]),
    );
  } finally {
    engine.close();
  }
}

describe("live prices over closes", () => {
  it("are newer than the close before, which they are compared with", async () => {
    await publish(live("PETR4", "33.1", { previousClose: Decimal.parse("31.99") }));
    expect((await quotes())["PETR4"]).toMatchObject({
      price: "33.10000000",
      price_date: "2026-03-31",
      price_at: "2026-03-31 17:44:00",
      // Gold has Monday's close, so what the source says of it does not count.
      previous_close: "32.00000000",
      previous_date: "2026-03-30",
      source: "yahoo",
      delay_minutes: "15",
    });
  });

  it("take the source's previous close where gold lacks that session", async () => {
    await publish(live("MGLU3", "9.5", { previousClose: Decimal.parse("9.2") }));
    expect((await quotes())["MGLU3"]).toMatchObject({
      previous_close: "9.20000000",
      previous_date: "2026-03-30",
    });
  });

  it("have no previous close where neither knows that session: Friday's is not Monday's", async () => {
    await publish(live("MGLU3", "9.5"));
    expect((await quotes())["MGLU3"]).toMatchObject({ previous_close: null, previous_date: null });
  });

  it("leave a newer price alone, and what they do not name", async () => {
    await publish(live("PETR4", "33"));
    await publish(live("PETR4", "30", { priceDay: "2026-03-27", priceAt: "2026-03-27T20:00:00.000Z" }));
    await publish(live("PETR4", "29", { priceAt: "2026-03-31T17:00:00.000Z" }));
    expect(await quotes()).toMatchObject({
      PETR4: { price: "33.00000000" },
      VALE3: { price: "61.00000000", source: "arquivo" },
    });
  });

  it("that only repeat the last close confirm it: the close stands, its capture is new", async () => {
    const before = (await quotes())["VALE3"];
    await publish(
      live("VALE3", "60.9", {
        priceDay: "2026-03-30",
        priceAt: "2026-03-30T20:00:00.000Z",
        capturedAt: "2026-03-31T18:30:00.000Z",
      }),
    );
    expect((await quotes())["VALE3"]).toEqual({
      ...before,
      captured_at: "2026-03-31 18:30:00",
      run_id: expect.any(String),
    });
  });

  it("move every pair of the book, both ways", async () => {
    await publish(live("USDBRL", "5.2", { class: "cambio" }));
    expect(await quotes()).toMatchObject({
      USDBRL: { price: "5.20000000", previous_close: "5.00000000" },
      BRLUSD: { price: "0.19230769", price_at: "2026-03-31 17:44:00" },
    });
  });

  it("stay when gold is built again, until the day's close is there", async () => {
    await publish(live("PETR4", "33.1"), live("USDBRL", "5.2", { class: "cambio" }));
    await book.load({ "mais.csv": "data;ativo;preco\n30/03/2026;MGLU3;9,10\n" });
    await book.build();
    expect(await quotes()).toMatchObject({
      PETR4: { price: "33.10000000", previous_close: "32.00000000" },
      USDBRL: { price: "5.20000000" },
      MGLU3: { price: "9.10000000" },
    });
    await book.load({ "fim.csv": "data;ativo;preco\n31/03/2026;PETR4;33,50\n" });
    await book.build();
    expect((await quotes())["PETR4"]).toMatchObject({
      price: "33.50000000",
      price_at: null,
      previous_close: "32.00000000",
    });
  });

  it("meet yesterday's close on the new basis on the day of a split", async () => {
    await book.load({ "eventos.csv": "ativo;data;tipo;fator\nPETR4;31/03/2026;desdobramento;1:2\n" });
    await book.build();
    await publish(live("PETR4", "16.5", { previousClose: Decimal.parse("32") }));
    expect((await quotes())["PETR4"]).toMatchObject({ price: "16.50000000", previous_close: "16.00000000" });
  });

  it("of two publishers at once both stand", async () => {
    await Promise.all([publish(live("PETR4", "33.1")), publish(live("VALE3", "62"))]);
    expect(await quotes()).toMatchObject({
      PETR4: { price: "33.10000000" },
      VALE3: { price: "62.00000000" },
    });
  });

  it("leave few files behind", async () => {
    for (let minute = 0; minute < 6; minute++) await publish(live("PETR4", `33.${minute}`));
    expect(
      (await book.lake.list("speed/")).filter((key) => key.endsWith(".parquet")).length,
    ).toBeLessThanOrEqual(4);
  });

  it("are nobody's before anything is published", async () => {
    const empty = await openTestBook(NOW);
    const deps = { lake: empty.lake, scratchDir: join(empty.dir, "live"), now: () => NOW };
    expect(await publishLive(deps, [live("PETR4", "33")])).toBeNull();
    await empty.remove();
  });
});
