import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeYahoo, startFakeYahoo } from "./fake-yahoo.testing.ts";
import { rig } from "./yahoo.testing.ts";

/** Real answers of Yahoo, through the real library. They lie outside the project. */
const fixtures =
  process.env["CARTEIRA_FIXTURES"] ??
  fileURLToPath(new URL("../../../../../shared/fixtures/market", import.meta.url));
const folder = join(fixtures, "yahoo-http");
const recorded = existsSync(folder);

interface Row extends Record<string, unknown> {
  readonly symbol: string;
}
interface Body {
  readonly quoteResponse?: { readonly result: readonly Row[] };
  readonly chart?: { readonly result: readonly { readonly meta: Row }[] };
}

function bodies(start: string): { name: string; body: Body }[] {
  const files = [folder, join(folder, "derived")].flatMap((place) =>
    readdirSync(place).map((name) => ({ name, path: join(place, name) })),
  );
  return files
    .filter(({ name }) => name.startsWith(start) && name.endsWith(".json"))
    .map(({ name, path }) => ({ name, body: JSON.parse(readFileSync(path, "utf8")).response.bodyJson }));
}

let fake: FakeYahoo;
afterEach(() => fake?.close());

describe("recorded answers", () => {
  it.runIf(recorded)("to quotes are read or refused for what they lack", async () => {
    const rows = bodies("quote-")
      .filter(({ name }) => !name.includes("fields"))
      .flatMap(({ body }) => body.quoteResponse?.result ?? []);
    fake = await startFakeYahoo({ quotes: new Map(rows.map((row) => [row.symbol, row])) });
    const { yahoo } = rig(fake, { now: () => new Date("2025-03-01T12:00:00Z") });
    const { found, problems } = await yahoo.quotes([...fake.quotes.keys(), "SIX"]);
    expect(
      found.map((q) => `${q.symbol} ${q.price} ${q.currency} ${q.priceDay} ${q.delayMinutes}`).sort(),
    ).toEqual([
      "0P000071W8.TO 152.63 CAD 2025-02-14 15",
      "AAPL 244.6 USD 2025-02-14 0",
      "BABA 124.73 USD 2025-02-14 0",
      "BTC-USD 96077.45 USD 2025-02-17 0",
      "EURUSD=X 1.0489877 USD 2025-02-17 0",
      "GC=F 2910.3 USD 2025-02-17 10",
      "QQQ 538.15 USD 2025-02-14 0",
      "^VXAPL 23.77 USD 2025-02-14 15",
    ]);
    expect(problems.map(({ subject, code }) => `${subject} ${code}`).sort()).toEqual([
      "BRKS no_answer",
      "SI no_answer",
      "SIX no_answer",
    ]);
  });

  it.runIf(recorded)("without a currency are refused", async () => {
    const rows = bodies("quote-MSFT-fields").flatMap(({ body }) => body.quoteResponse?.result ?? []);
    fake = await startFakeYahoo({ quotes: new Map(rows.map((row) => [row.symbol, row])) });
    const { problems } = await rig(fake).yahoo.quotes(["MSFT"]);
    expect(problems).toEqual([{ source: "yahoo", subject: "MSFT", code: "currency_invalid" }]);
  });

  it.runIf(recorded)("to charts are read or refused for what they lack", async () => {
    fake = await startFakeYahoo();
    const { yahoo } = rig(fake, { now: () => new Date("2026-07-30T12:00:00Z") });
    const read: string[] = [];
    for (const { name, body } of [...bodies("chart-"), ...bodies("historical-")]) {
      const symbol = body.chart?.result[0]?.meta.symbol ?? "";
      fake.charts.set(symbol, body);
      const { found, problems } = await yahoo.histories([{ symbol, from: "2020-01-01" }]);
      const [history] = found;
      const last = history?.closes.at(-1);
      const splits =
        history?.splits.map(({ day, newUnits, oldUnits }) => `${day} ${newUnits}:${oldUnits}`) ?? [];
      const paid = history?.dividends.map(({ day, amount }) => `${day} ${amount}`) ?? [];
      const said = history
        ? [
            `${history.closes.length} ${last?.day} ${last?.close} live ${history.live?.price}`,
            ...splits,
            ...paid,
          ]
        : problems.map(({ code }) => code);
      read.push(`${name.split(/-\d{4}-/)[0]}: ${said.join(", ")}`);
    }
    expect(read.sort()).toEqual([]);
  });
});
