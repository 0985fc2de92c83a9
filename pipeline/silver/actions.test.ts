import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ActionRow, actionsCsv } from "../../src/market/actions.ts";
import { Decimal } from "../../src/money/decimal.ts";
import { openEngine, quote } from "../engine.ts";
import { openTestHome, type TestHome } from "../ingest.testing.ts";

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.remove());

const HEADER = "ativo;data;tipo;fator;situacao;fonte;custo;valor";

describe("actions", () => {
  it("are confirmed and from a file unless the row says otherwise", async () => {
    const rows = [
      "MGLU3;27/05/2024;grupamento;10:1;;;;",
      "ITUB4;18/03/2025;bonus;1,1;Inferida;Yahoo;;",
      "PETR4;05/01/2026;dividendo;;;;;0,75",
      "VALE3;05/01/2026;bonificacao;1,05;rejected;;5,50;",
    ];
    const result = await home.loadOne(["a.csv", [HEADER, ...rows, ""].join("\n")]);
    expect(result.issues).toEqual([]);
    expect(await home.effective("actions")).toMatchObject([
      { instrument_id: "ITUB4", status: "inferido", source: "yahoo", cost: null },
      { instrument_id: "MGLU3", status: "confirmado", source: "arquivo", cost: null, amount: null },
      { instrument_id: "PETR4", type: "provento", factor_new: null, factor_old: null, amount: "0.75000000" },
      { instrument_id: "VALE3", status: "recusado", cost: "5.50000000" },
    ]);
  });

  it.each([
    ["PETR4;05/01/2026;provento;1:2;;;;0,75", "fator"],
    ["PETR4;05/01/2026;provento;;;;;", "valor"],
    ["PETR4;05/01/2026;provento;;;;;0", "valor"],
    ["PETR4;05/01/2026;desdobramento;;;;;", "fator"],
    ["PETR4;05/01/2026;desdobramento;1:2;;;5,00;", "custo"],
    ["PETR4;05/01/2026;desdobramento;1:2;;;;5,00", "valor"],
    ["PETR4;05/01/2026;desdobramento;1:2;talvez;;;", "situacao"],
    ["PETR4;05/01/2126;desdobramento;1:2;;;;", "data"],
    ["PETR4;05/01/2226;provento;;;;;0,75", "data"],
  ])("with %s are refused at %s", async (row, column) => {
    const good = Array.from({ length: 9 }, (_, n) => `VALE3;0${n + 1}/01/2026;desdobramento;1:2;;;;`);
    const result = await home.loadOne(["a.csv", [HEADER, ...good, row, ""].join("\n")]);
    expect(result.issues).toMatchObject([{ line: 11, column }]);
  });

  it("may lie ahead where they are payments, which are announced before their ex day", async () => {
    const result = await home.loadOne(["a.csv", `${HEADER}\nPETR4;05/01/2126;jcp;;;;;0,75\n`]);
    expect(result.issues).toEqual([]);
    expect(await home.effective("actions")).toMatchObject([{ type: "provento", amount: "0.75000000" }]);
  });

  it("of the same day and type are versions of one: the later file's status counts until it is undone", async () => {
    const row = (status: string) => `${HEADER}\nPETR4;05/01/2026;desdobramento;1:2;${status};;;\n`;
    await home.loadOne(["achado.csv", row("inferido")]);
    const { counts, upload } = await home.loadOne(["confirmado.csv", row("confirmado")]);
    expect(counts).toMatchObject({ replaced: 1 });
    expect(await home.effective("actions")).toMatchObject([
      { status: "confirmado", source_file: "confirmado.csv" },
    ]);
    await home.ledger.update(upload.id, { status: "undone" });
    expect(await home.effective("actions")).toMatchObject([{ status: "inferido" }]);
  });

  it("are read beside files of a version that had no status: those count as confirmed", async () => {
    const first = await home.loadOne([
      "velho.csv",
      "ativo;data;tipo;fator\nMGLU3;27/05/2024;grupamento;10:1\n",
    ]);
    await toEarlierVersion(first.upload.silverKey ?? "");
    const old = { instrument_id: "MGLU3", status: "confirmado", source: "arquivo", cost: null, amount: null };
    expect(await home.effective("actions")).toMatchObject([old]);
    await home.loadOne(["novo.csv", `${HEADER}\nPETR4;05/01/2026;desdobramento;1:2;inferido;;;\n`]);
    expect(await home.effective("actions")).toMatchObject([old, { status: "inferido" }]);
    const again = await home.loadOne([
      "decisao.csv",
      `${HEADER}\nMGLU3;27/05/2024;grupamento;10:1;recusado;;;\n`,
    ]);
    expect(again.counts).toMatchObject({ replaced: 1 });
    expect(await home.effective("actions")).toMatchObject([{ status: "recusado" }, { status: "inferido" }]);
  });

  it("come back as they were written", async () => {
    const money = fc.bigInt({ min: 1n, max: 10n ** 14n }).map((units) => new Decimal(units, 8));
    const units = fc.bigInt({ min: 1n, max: 999_999_999n });
    const row = fc
      .record({
        asset: fc.constantFrom("PETR4", "MGLU3", "AAPL", 'FUNDO "A; B"'),
        date: fc.integer({ min: 0, max: 9_000 }).map((n) => dayText(n)),
        type: fc.constantFrom("desdobramento", "grupamento", "bonificacao", "provento"),
        sides: fc.tuple(units, units).filter(([a, b]) => a !== b),
        status: fc.constantFrom("confirmado", "inferido", "recusado"),
        source: fc.stringMatching(/^[a-z][a-z0-9;"]{0,8}$/),
        cost: fc.option(money),
        amount: money,
      })
      .map(({ sides, ...rest }): ActionRow => {
        const [low, high] = sides[0] < sides[1] ? sides : [sides[1], sides[0]];
        const payment = rest.type === "provento";
        const ratio =
          rest.type === "grupamento" ? { newUnits: low, oldUnits: high } : { newUnits: high, oldUnits: low };
        return {
          ...rest,
          ratio: payment ? null : ratio,
          cost: rest.type === "bonificacao" ? rest.cost : null,
          amount: payment ? rest.amount : null,
        };
      });
    const rows = fc.uniqueArray(row, {
      minLength: 1,
      maxLength: 12,
      selector: ({ asset, date, type }) => `${asset} ${date} ${type}`,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const other = await openTestHome();
        try {
          const result = await other.loadOne(["eventos.csv", actionsCsv(written)]);
          expect(result.issues).toEqual([]);
          const read = (await other.effective("actions")).map(sameRow);
          expect(read.toSorted(byText)).toEqual(written.map(asText).toSorted(byText));
        } finally {
          await other.remove();
        }
      }),
      { numRuns: 15 },
    );
  });
});

const dayText = (n: number): string => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10);
const byText = (left: string, right: string): number => (left < right ? -1 : 1);
const fixed = (amount: Decimal | null): string | null => amount?.round(8).toString() ?? null;

/** Written and read rows as one text each; a ratio is kept in its lowest terms. */
function asText({ asset, date, type, ratio, status, source, cost, amount }: ActionRow): string {
  const reduced = ratio === null ? null : lowest(ratio.newUnits, ratio.oldUnits);
  return JSON.stringify([asset, date, type, reduced, status, source, fixed(cost), fixed(amount)]);
}

function sameRow(row: Readonly<Record<string, string | null>>): string {
  const reduced = row["factor_new"] === null ? null : [row["factor_new"], row["factor_old"]];
  const { instrument_id: asset, date, type, status, source, cost, amount } = row;
  return JSON.stringify([asset, date, type, reduced, status, source, cost, amount]);
}

function lowest(left: bigint, right: bigint): readonly string[] {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return [String(left / a), String(right / a)];
}

/** Rewrites a silver file of actions as the version before statuses wrote it. */
async function toEarlierVersion(key: string): Promise<void> {
  const path = await home.lake.stage(key);
  const engine = await openEngine(join(path, "..", "engine"));
  try {
    await engine.run(`create table old as select * exclude (status, source, cost, amount) from read_parquet(${quote(path)});
      copy old to ${quote(path)} (format parquet)`);
  } finally {
    engine.close();
  }
}
