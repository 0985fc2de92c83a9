import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLIENTS, OPERATIONS_HEADER, openTestHome, type TestFile, type TestHome } from "../ingest.testing.ts";

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
  await home.load([CLIENTS]);
});
afterEach(() => home.remove());

/** Operations with an id each, given as [id, quantity]. */
const withIds = (name: string, ...rows: (readonly [string, number])[]): TestFile => [
  name,
  [
    `${OPERATIONS_HEADER};id`,
    ...rows.map(([id, quantity]) => `ana;05/01/2026;compra;PETR4;${quantity};30;BRL;0;${id}`),
  ].join("\n"),
];
const withoutIds = (name: string, ...quantities: number[]): TestFile => [
  name,
  [
    OPERATIONS_HEADER,
    ...quantities.map((quantity) => `ana;05/01/2026;compra;PETR4;${quantity};30;BRL;0`),
  ].join("\n"),
];
const quantities = async () =>
  (await home.effective("operations")).map((row) => Number(row["quantity"])).sort((a, b) => a - b);
const counts = (loaded: number, replaced: number, repeated: number, rejected = 0) => ({
  rows: loaded + replaced + repeated + rejected,
  loaded,
  replaced,
  repeated,
  rejected,
});

describe("rows without an id", () => {
  it("are themselves: two equal ones in a file are two, the same file again changes nothing", async () => {
    const first = await home.loadOne(withoutIds("a.csv", 1, 1, 2));
    expect(first.counts).toEqual(counts(3, 0, 0));
    const again = await home.loadOne(withoutIds("b.csv", 1, 1, 2));
    expect(again.counts).toEqual(counts(0, 0, 3));
    expect(again).toMatchObject({ promoted: false, upload: { status: "repeated", silverKey: null } });
    expect(await quantities()).toEqual([1, 1, 2]);
  });

  it("count once over overlapping files, a third twin is new", async () => {
    await home.loadOne(withoutIds("jan.csv", 1, 1, 2));
    const more = await home.loadOne(withoutIds("feb.csv", 1, 1, 1, 3));
    expect(more.counts).toEqual(counts(2, 0, 2));
    expect(await quantities()).toEqual([1, 1, 1, 2, 3]);
    const rows = await home.effective("operations");
    expect(rows.filter((row) => row["source_file"] === "jan.csv")).toHaveLength(3);
  });

  it("give the same book in any order of files", async () => {
    const file = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 2, maxLength: 3 }), async (files) => {
        const books: number[][] = [];
        for (const order of [files, [...files].reverse()]) {
          const other = await openTestHome();
          const results = await other.load([
            CLIENTS,
            ...order.map((rows, i) => withoutIds(`${i}.csv`, ...rows)),
          ]);
          for (const { counts: c } of results) {
            expect(c.rows).toBe(c.loaded + c.replaced + c.repeated + c.rejected);
          }
          const rows = await other.effective("operations");
          books.push(rows.map((row) => Number(row["quantity"])).sort((a, b) => a - b));
          await other.remove();
        }
        expect(books[1]).toEqual(books[0]);
      }),
      { numRuns: 3 },
    );
  }, 120_000);
});

describe("rows with an id", () => {
  it("are corrected by the same id in a later file", async () => {
    await home.loadOne(withIds("a.csv", ["x", 1], ["y", 2]));
    const correction = await home.loadOne(withIds("b.csv", ["x", 10], ["y", 2], ["z", 3]));
    expect(correction.counts).toEqual(counts(1, 1, 1));
    expect(await quantities()).toEqual([2, 3, 10]);
  });

  it("are not taken back when the old file is sent again", async () => {
    const old = withIds("a.csv", ["x", 1], ["y", 2]);
    await home.loadOne(old);
    await home.loadOne(withIds("b.csv", ["x", 10]));
    expect((await home.loadOne(old)).counts).toEqual(counts(0, 0, 2));
    expect(await quantities()).toEqual([2, 10]);
  });

  it("can be corrected back by another file", async () => {
    await home.loadOne(withIds("a.csv", ["x", 1]));
    await home.loadOne(withIds("b.csv", ["x", 10]));
    expect((await home.loadOne(withIds("c.csv", ["x", 1], ["w", 5]))).counts).toEqual(counts(1, 1, 0));
    expect(await quantities()).toEqual([1, 5]);
  });

  it("count by their last line within a file", async () => {
    const file = withIds("a.csv", ["x", 1], ["x", 2], ["x", 3]);
    expect((await home.loadOne(file)).counts).toEqual(counts(1, 2, 0));
    expect(await quantities()).toEqual([3]);
    expect((await home.loadOne(file)).upload.status).toBe("repeated");
  });

  it("belong to their client", async () => {
    await home.loadOne(withIds("a.csv", ["x", 1]));
    const [name, body] = withIds("b.csv", ["x", 2]);
    expect((await home.loadOne([name, String(body).replace("ana", "bia")])).counts).toEqual(counts(1, 0, 0));
  });
});

describe("undoing", () => {
  it("brings back what the upload had replaced or repeated", async () => {
    await home.loadOne(withIds("a.csv", ["x", 1]));
    const second = await home.loadOne(withIds("b.csv", ["x", 10], ["y", 2]));
    await home.ledger.update(second.upload.id, { status: "undone" });
    expect(await quantities()).toEqual([1]);
  });
});

describe("replacing an upload", () => {
  it("takes the old one's rows back and puts the new file's in", async () => {
    const old = await home.loadOne(withoutIds("a.csv", 1, 2, 3));
    const result = await home.loadOne(withoutIds("b.csv", 1, 2, 4), { replaces: old.upload.id });
    expect(result.counts).toEqual(counts(1, 2, 0));
    expect(await quantities()).toEqual([1, 2, 4]);
    expect((await home.ledger.find(old.upload.id))?.status).toBe("replaced");
  });

  it("is refused for another's, an unknown, or a taken back upload, and for another table", async () => {
    const old = await home.loadOne(withoutIds("a.csv", 1));
    const file = withoutIds("b.csv", 2);
    const reason = "a carga a substituir não foi encontrada entre as suas cargas ativas do mesmo tipo";
    const c1 = { admin: false, userId: "c1", brokers: ["c1"] } as const;
    expect((await home.loadOne(file, { ...c1, replaces: old.upload.id })).issues[0]?.reason).toBe(reason);
    expect((await home.loadOne(file, { replaces: "nope" })).issues[0]?.reason).toBe(reason);
    const prices: TestFile = ["p.csv", "data;ativo;preco\n05/01/2026;PETR4;1\n"];
    expect((await home.loadOne(prices, { replaces: old.upload.id })).issues[0]?.reason).toBe(reason);
    await home.ledger.update(old.upload.id, { status: "undone" });
    expect((await home.loadOne(file, { replaces: old.upload.id })).upload.status).toBe("failed");
    expect(await quantities()).toEqual([]);
  });

  it("leaves the old upload alone when the new file is not promoted", async () => {
    const old = await home.loadOne(withoutIds("a.csv", 1));
    const bad: TestFile = ["b.csv", `${OPERATIONS_HEADER}\nana;x;compra;PETR4;1;30;BRL;0\n`];
    const result = await home.loadOne(bad, { replaces: old.upload.id });
    expect(result.upload.status).toBe("not_promoted");
    expect(await quantities()).toEqual([1]);
  });
});

describe("a crash before the ledger is told", () => {
  it("leaves nothing that counts, and running again is harmless", async () => {
    const activate = home.ledger.activate;
    home.ledger.activate = () => Promise.reject(new Error("power cut"));
    await expect(home.loadOne(withoutIds("a.csv", 1, 2))).rejects.toThrow("power cut");
    expect(await quantities()).toEqual([]);
    home.ledger.activate = activate;
    expect((await home.loadOne(withoutIds("a.csv", 1, 2))).counts).toEqual(counts(2, 0, 0));
    expect(await quantities()).toEqual([1, 2]);
  });
});

describe("createEffective", () => {
  it("does not mind the order of its uploads", async () => {
    await home.load([
      withIds("a.csv", ["x", 1], ["y", 1]),
      withIds("b.csv", ["x", 2]),
      withIds("c.csv", ["y", 3]),
    ]);
    const active = await home.ledger.active();
    const forwards = await home.effective("operations", active);
    expect(await home.effective("operations", [...active].reverse())).toEqual(forwards);
    expect(forwards).toHaveLength(2);
  });

  it("gives an empty view with all columns for no uploads", async () => {
    expect(await home.effective("operations", [])).toEqual([]);
    expect(await home.effective("prices", [])).toEqual([]);
  });
});
