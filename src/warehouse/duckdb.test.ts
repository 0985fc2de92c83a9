import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Decimal } from "../money/decimal.ts";
import { CATALOGUE } from "./catalogue.ts";
import { openDuckDbWarehouse } from "./duckdb.ts";
import { TestStore } from "./gold.testing.ts";
import type { Snapshot, Warehouse } from "./warehouse.ts";

const client = (id: string) => ({
  client_id: id,
  name: `Cliente ${id}`,
  broker_id: "corretor1",
  base_currency: "BRL",
});
const scoped = { brokers: { type: "texts", value: ["corretor1"] } } as const;

let store: TestStore;
let warehouse: Warehouse;
beforeAll(async () => {
  store = await TestStore.make();
  warehouse = await openDuckDbWarehouse(store);
});
afterAll(async () => {
  await warehouse.close();
  await store.remove();
});

async function published(): Promise<Snapshot> {
  const snapshot = await warehouse.current();
  if (snapshot === null) throw new Error("nothing is published");
  return snapshot;
}

const namesIn = async (snapshot: Snapshot): Promise<readonly unknown[]> =>
  (await warehouse.run(snapshot, CATALOGUE.scopeClients, scoped)).map((row) => row["client_id"]);

describe("the DuckDB warehouse", () => {
  it("has no version before the first run", async () => {
    expect(await warehouse.current()).toBeNull();
  });

  it("hands over exact decimals, days and instants as ISO text, and counts as numbers", async () => {
    await store.publish({
      instruments: [
        { instrument_id: "PETR4", name: "Petrobras PN", class: "acao", currency: "BRL", origin: "builtin" },
      ],
      quotes_latest: [
        {
          instrument_id: "PETR4",
          price: "36.12345678",
          currency: "BRL",
          price_date: "2026-11-20",
          price_at: "2026-11-20 17:05:00",
          previous_close: "36.00000000",
          source: "yahoo",
          delay_minutes: 15,
        },
      ],
    });
    const [row] = await warehouse.run(await published(), CATALOGUE.quote, {
      asset: { type: "text", value: "PETR4" },
    });
    expect(row).toMatchObject({
      price: new Decimal(3_612_345_678n, 8),
      price_date: "2026-11-20",
      price_at: "2026-11-20T17:05:00Z",
      delay_minutes: 15,
    });
  });

  it("keeps reading a version that was superseded, and serves the new one to the next question", async () => {
    await store.publish({ clients: [client("antes")] });
    const before = await published();
    await store.publish({ clients: [client("depois")] });
    const after = await published();
    expect([before.runId === after.runId, await namesIn(before), await namesIn(after)]).toEqual([
      false,
      ["antes"],
      ["depois"],
    ]);
  });

  it("loads a version again whose snapshot outlived it", async () => {
    await store.publish({ clients: [client("velho")] });
    const old = await published();
    for (const id of ["a", "b", "c", "d"]) {
      await store.publish({ clients: [client(id)] });
      await namesIn(await published());
    }
    expect(await namesIn(old)).toEqual(["velho"]);
  });

  it("never mixes versions under questions in flight while new ones are published", async () => {
    const reads: Promise<void>[] = [];
    for (let version = 0; version < 12; version++) {
      await store.publish({ clients: [client(`v${version}-a`), client(`v${version}-b`)] });
      const snapshot = await published();
      for (let reader = 0; reader < 6; reader++) {
        reads.push(
          namesIn(snapshot).then((names) => expect(names).toEqual([`v${version}-a`, `v${version}-b`])),
        );
      }
    }
    await Promise.all(reads);
  });

  it("takes quotes of another run than gold's", async () => {
    const runId = await store.publish({
      instruments: [
        { instrument_id: "VALE3", name: "Vale", class: "acao", currency: "BRL", origin: "builtin" },
      ],
      quotes_latest: [
        { instrument_id: "VALE3", price: "60", currency: "BRL", price_date: "2026-11-20", source: "arquivo" },
      ],
    });
    const first = await published();
    const quotesRunId = await store.publishQuotes([
      { instrument_id: "VALE3", price: "61.5", currency: "BRL", price_date: "2026-11-20", source: "yahoo" },
    ]);
    const second = await published();
    expect(second).toMatchObject({ runId, quotesRunId });
    const priceIn = async (snapshot: Snapshot): Promise<string> =>
      String(
        (await warehouse.run(snapshot, CATALOGUE.quote, { asset: { type: "text", value: "VALE3" } }))[0]?.[
          "price"
        ],
      );
    expect([await priceIn(first), await priceIn(second)]).toEqual(["60.00000000", "61.50000000"]);
  });

  it("says what is wrong when a published file is gone, and recovers with the next run", async () => {
    await store.publish({ clients: [client("x")] });
    store.pointers.set("gold/CURRENT", "no-such-run");
    await expect(warehouse.current()).rejects.toMatchObject({ code: "failed" });
    await store.publish({ clients: [client("y")] });
    expect(await namesIn(await published())).toEqual(["y"]);
  });
});
