import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Decimal } from "../../../money/decimal.ts";
import { createBcb, type FoundSeries } from "./bcb.ts";
import { type FakeBcb, type FakePoint, startFakeBcb } from "./fake-bcb.testing.ts";

/** Recorded series of the bank, sent by the stand-in and read by the source. They lie outside the project. */
const fixtures =
  process.env["CARTEIRA_FIXTURES"] ??
  fileURLToPath(new URL("../../../../../shared/fixtures/market", import.meta.url));
const recorded = existsSync(join(fixtures, "bcb"));

function recording(file: string): readonly FakePoint[] {
  const rows: { data: string; valor: string }[] = JSON.parse(
    readFileSync(join(fixtures, "bcb", file), "utf8"),
  );
  return rows.map(({ data, valor }) => ({ day: data.split("/").reverse().join("-"), value: valor }));
}

/** What the rates, in percent, compound to in percent: exact. */
function compounded(rates: readonly Decimal[]): Decimal {
  const one = Decimal.of(1);
  const cent = Decimal.parse("0.01");
  const factor = rates.reduce((product, rate) => product.times(one.plus(rate.times(cent))), one);
  return factor.minus(one).times(Decimal.of(100));
}

describe.runIf(recorded)("the recorded series", () => {
  let server: FakeBcb;
  let found: readonly FoundSeries[];

  beforeAll(async () => {
    const series = new Map([
      ["CDI", recording("sgs-12-cdi.json")],
      ["IPCA", recording("sgs-433-ipca.json")],
      ["USDBRL", recording("sgs-1-usdbrl-venda.json")],
    ] as const);
    server = await startFakeBcb({ series });
    const bcb = createBcb({
      origin: server.origin,
      keep: async () => {},
      now: () => new Date("2026-09-04T21:00:00Z"),
    });
    const wanted = [...series.keys()].map((code) => ({ code, from: "2015-01-01", to: "2026-09-04" }));
    const answer = await bcb.series(wanted);
    expect(answer.problems).toEqual([]);
    ({ found } = answer);
  });

  afterAll(() => server.close());

  it("pass through without a loss: no recorded point is refused or changed", () => {
    const read = found.map(({ code, points }) => [code, points.length, `${points.at(-1)?.value}`]);
    expect(read).toEqual([
      ["CDI", recording("sgs-12-cdi.json").length, "0.05166"],
      ["IPCA", recording("sgs-433-ipca.json").length, "0.67"],
      ["USDBRL", recording("sgs-1-usdbrl-venda.json").length, "5.1596"],
    ]);
  });

  /**
   * The CDI of a year as it is published. 13.04% and 10.88% are Elos Ayta's figures (novoprimeiraedicao.com.br, "Selic
   * turbina renda fixa", December 2025). 14.32% is the figure commonly quoted for 2025; the page above has 13.95% up to
   * mid-December, and no table of B3 or of the bank could be read to confirm it. The exact product is 14.3242…%.
   */
  it.each([
    ["2023", "13.04"],
    ["2024", "10.88"],
    ["2025", "14.32"],
  ])("of the CDI: the rates dated in %s compound to the published %s percent", (year, published) => {
    const points = found.find(({ code }) => code === "CDI")?.points ?? [];
    const rates = points.filter(({ day }) => day.startsWith(year)).map(({ value }) => value);
    expect(rates.length).toBeGreaterThan(245);
    const difference = compounded(rates).minus(Decimal.parse(published)).abs();
    expect(difference.compare(Decimal.parse("0.01"))).toBe(-1);
  });
});
