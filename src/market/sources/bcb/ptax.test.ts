import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createBcb } from "./bcb.ts";
import { type FakeBulletin, startFakeBcb } from "./fake-bcb.testing.ts";
import { readPtax } from "./ptax.ts";

const NOW = new Date("2026-01-07T18:00:00Z");
const WINDOW = { from: "2026-01-02", to: "2026-01-31" };

async function euro(bulletins: readonly FakeBulletin[], code: "EURBRL" | "ARSBRL" = "EURBRL", now = NOW) {
  const server = await startFakeBcb({ series: new Map(), bulletins: new Map([["EUR", bulletins]]) });
  try {
    const names: string[] = [];
    const keep = async ({ name }: { name: string }): Promise<void> => {
      names.push(name);
    };
    const bcb = createBcb({ origin: server.origin, keep, now: () => now });
    const { found, problems } = await bcb.series([{ code, ...WINDOW }]);
    const points = found.flatMap((series) => series.points.map(({ day, value }) => `${day} ${value}`));
    return { points, problems: problems.map((problem) => problem.code), requests: server.requests, names };
  } finally {
    await server.close();
  }
}

describe("PTAX of a currency", () => {
  it("is the sale rate of the closing bulletin, exact", async () => {
    const { points, problems, requests, names } = await euro([
      { rate: "6.3001", at: "2026-01-05 10:10:25.266", type: "Abertura" },
      { rate: "6.31010", at: "2026-01-05 13:12:00.341", type: "Fechamento PTAX" },
      { rate: "6.4", at: "2026-01-05 18:00:00", type: "Fechamento Interbancário" },
      { rate: "6.29000000000000000001", at: "2026-01-06 11:02:00.1", type: "Fechamento" },
      { rate: "6.5", at: "2026-01-07 13:20:00", type: "Intermediário" },
    ]);
    expect(points).toEqual(["2026-01-05 6.31010", "2026-01-06 6.29000000000000000001"]);
    expect(problems).toEqual([]);
    expect(names).toEqual(["ptax-EUR"]);
    expect(decodeURIComponent(requests[0] ?? "")).toBe(
      "/olinda/servico/PTAX/versao/v1/odata/CotacaoMoedaPeriodo(moeda=@moeda,dataInicial=@dataInicial," +
        "dataFinalCotacao=@dataFinalCotacao)?@moeda='EUR'&@dataInicial='01-02-2026'&@dataFinalCotacao='01-31-2026'" +
        "&$format=json&$select=cotacaoVenda,dataHoraCotacao,tipoBoletim",
    );
  });

  it("without types is the last bulletin after 13:00 of a day that is over", async () => {
    const { points } = await euro([
      { rate: "6.10", at: "2026-01-05 13:02:00.1" },
      { rate: "6.11", at: "2026-01-05 13:12:00.1" },
      { rate: "6.20", at: "2026-01-06 12:59:59.9" },
      { rate: "6.30", at: "2026-01-07 13:12:00.1" },
    ]);
    expect(points).toEqual(["2026-01-05 6.11"]);
  });

  it("leaves out what is no rate and no day", async () => {
    const close = (rate: string, at: string) => ({ rate, at, type: "Fechamento" });
    const { points, problems } = await euro([
      close("-6.3", "2026-01-05 13:10:00"),
      close("null", "2026-01-06 13:10:00"),
      close("6.4", "2026-01-03 13:10:00"),
      close("1e-9", "2026-01-07 13:10:00"),
    ]);
    expect([points, problems]).toEqual([[], ["price_invalid", "time_invalid"]]);
  });

  it("without a rate yet is no failure, but a currency that is never published is one", async () => {
    expect(await euro([])).toMatchObject({ points: [], problems: [] });
    const later = new Date("2026-01-20T12:00:00Z");
    expect((await euro([], "ARSBRL", later)).problems).toEqual(["no_answer"]);
  });

  it("is null for what is no answer", () => {
    expect(readPtax(400, '{"value":[]}', "2026-01-07")).toBeNull();
    expect(readPtax(200, "/*{'codigo' : 500}*/", "2026-01-07")).toBeNull();
  });
});

/** The recordings lie outside the project. */
const fixtures =
  process.env["CARTEIRA_FIXTURES"] ??
  fileURLToPath(new URL("../../../../../shared/fixtures/market", import.meta.url));
const recorded = existsSync(join(fixtures, "bcb"));

describe.runIf(recorded)("a recorded answer of Olinda", () => {
  it("gives the rates that SGS publishes as PTAX", () => {
    const read = (file: string): string => readFileSync(join(fixtures, "bcb", file), "utf8");
    const published: { data: string; valor: string }[] = JSON.parse(read("sgs-1-usdbrl-venda.json"));
    const bySgs = new Map(published.map(({ data, valor }) => [data.split("/").reverse().join("-"), valor]));
    const closing = readPtax(200, read("olinda-CotacaoDolarPeriodo.json"), "2026-02-01") ?? [];
    expect(closing.length).toBeGreaterThan(20);
    expect(closing.map(({ day, value }) => [day, value])).toEqual(
      closing.map(({ day }) => [day, bySgs.get(day)]),
    );
  });
});
