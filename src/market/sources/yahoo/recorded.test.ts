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
    expect(read.sort()).toEqual([
      "chart-AAPL: 49 2020-11-06 118.69 live 244.87, 2020-08-31 4:1, 2020-11-06 0.205",
      "chart-BTC-USD: 3 2020-01-03 7344.8843 live 97208.17",
      "chart-EURUSD=X: 3 2020-01-03 1.1171438 live 1.0436",
      "chart-ITUB4.SA: 42 2026-07-29 42.1 live 42.1",
      "chart-MGLU3.SA: 24 2024-06-14 10.895238 live 11, 2024-05-27 1:10",
      "chart-OCDO.L: currency_invalid",
      "chart-PETR4.SA-recorded: 22 2022-12-22 23.99 live 25.12",
      "chart-PETR4.SA: 42 2026-07-29 41.88 live 41.88",
      "chart-TSLA: unreadable",
      "chart-VALE3.SA: 42 2026-07-29 75.47 live 75.47",
      "chart-WEGE3.SA: 42 2026-07-29 45.69 live 45.69",
      "chart-WSKT.JK: 1 2020-01-02 1505 live 202",
      "chart-^BVSP: 25 2026-06-29 173205.34 live 173205.34",
      "historical-via-chart-MSFT-dividends: 252 2022-01-28 308.26 live 408.21, 2021-02-17 0.56, 2021-05-19 0.56, 2021-08-18 0.56, 2021-11-17 0.62",
      "historical-via-chart-NVDA-split: 252 2022-01-28 22.84 live 134.43, 2021-07-20 4:1",
    ]);
  });
});
