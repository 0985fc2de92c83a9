import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { isBankDay, isSession, sessionOnOrBefore } from "../../market/calendar.ts";
import { INSTRUMENT_CLASSES } from "../../market/classes.ts";
import { describeInstrument } from "../../market/instruments.ts";
import { isIsoDay } from "../../money/day.ts";
import { Decimal, divRound } from "../../money/decimal.ts";
import { clientAt } from "./clients.ts";
import { type DemoFile, type DemoOptions, extendDemo, generateDemo } from "./demo.ts";

const OPTIONS: DemoOptions = { seed: 2026, start: "2024-11-04", today: "2026-11-23", clients: 60 };

type Cells = Readonly<Record<string, string>>;

interface ReadFile {
  readonly fileName: string;
  readonly kind: string;
  readonly content: string;
  readonly rows: readonly Cells[];
}

async function read(files: readonly DemoFile[]): Promise<ReadFile[]> {
  return Promise.all(
    files.map(async ({ fileName, kind, body }) => {
      const content = await text(body);
      const [header = "", ...lines] = content.trimEnd().split("\n");
      const names = header.split(";");
      const rows = lines.map((line) =>
        Object.fromEntries(line.split(";").map((cell, at) => [names[at], cell])),
      );
      return { fileName, kind, content, rows };
    }),
  );
}

const rowsOf = (files: readonly ReadFile[], kind: string): readonly Cells[] =>
  files.filter((file) => file.kind === kind).flatMap(({ rows }) => rows);

const isoDay = (day = ""): string => day.split("/").reverse().join("-");
const number = (cell = ""): Decimal => (cell === "" ? Decimal.ZERO : Decimal.parse(cell.replace(",", ".")));

const book = await read(generateDemo(OPTIONS));
const operations = rowsOf(book, "operations");
const prices = rowsOf(book, "prices");
const clients = rowsOf(book, "clients");

const ADDS = new Set(["compra", "bonificacao", "transferencia_entrada"]);
const TAKES = new Set(["venda", "resgate", "transferencia_saida"]);

/** Quantities by `client/asset` after each row up to `until`, worked out from the file alone. */
function replay(until: string, check: (row: Cells, held: Decimal) => void): Map<string, Decimal> {
  const held = new Map<string, Decimal>();
  for (const row of operations) {
    if (isoDay(row["data"]) > until) continue;
    const key = `${row["cliente"]}/${row["ativo"]}`;
    const before = held.get(key) ?? Decimal.ZERO;
    check(row, before);
    const quantity = number(row["quantidade"]);
    if (ADDS.has(row["tipo"] ?? "")) held.set(key, before.plus(quantity));
    if (TAKES.has(row["tipo"] ?? "")) held.set(key, before.minus(quantity));
    if (row["tipo"] === "desdobramento") {
      const [old = "1", fresh = "1"] = row["fator"]?.split(":") ?? [];
      held.set(key, new Decimal(divRound(before.unitsAt(8) * BigInt(fresh), BigInt(old)), 8));
    }
  }
  return held;
}

describe("the demo's files", () => {
  it("come in the order in which they can be loaded", () => {
    expect(book.map(({ kind }) => kind)).toEqual([
      "clients",
      "instruments",
      "prices",
      "prices",
      "operations",
      "operations",
      "operations",
      "positions",
    ]);
  });

  it("are the same for the same options, and others for another seed", async () => {
    const again = await read(generateDemo(OPTIONS));
    expect(again).toEqual(book);
    const other = await read(generateDemo({ ...OPTIONS, seed: 2027 }));
    expect(rowsOf(other, "operations")).not.toEqual(operations);
    expect(rowsOf(other, "prices")).not.toEqual(prices);
  });

  it("tell the same of a client however many there are", async () => {
    const few = rowsOf(await read(generateDemo({ ...OPTIONS, clients: 5 })), "operations");
    const ids = new Set(few.map((row) => row["cliente"]));
    expect(ids.size).toBe(5);
    expect(operations.filter((row) => ids.has(row["cliente"]))).toEqual(few);
  });

  it("are written as they are read, whatever the number of clients", async () => {
    const files = generateDemo({ ...OPTIONS, clients: 1_000_000 });
    for (const { body } of files) {
      for await (const chunk of body) {
        expect(String(chunk).length).toBeGreaterThan(0);
        break;
      }
    }
    expect(files).toHaveLength(8);
  });
});

describe("clients", () => {
  it("has those that the examples name, with corretor1", () => {
    const byId = new Map(clients.map((row) => [row["cliente"], row]));
    expect(byId.get("cliente123")).toMatchObject({ nome: "Ana Souza", corretor: "corretor1" });
    expect(byId.get("cliente456")).toMatchObject({ corretor: "corretor1", controla_caixa: "sim" });
    const souzas = clients.filter((row) => row["nome"]?.includes("Souza"));
    expect(souzas.map((row) => row["corretor"])).toEqual(["corretor1", "corretor1"]);
    expect(clients.filter((row) => row["moeda_base"] === "USD").length).toBeGreaterThan(0);
    expect(new Set(clients.map((row) => row["corretor"]))).toEqual(
      new Set(["corretor1", "corretor2", "corretor3"]),
    );
    expect(clients).toHaveLength(60);
  });

  it("gives nobody another's id or name, also in a large book", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => clientAt(index, OPTIONS));
    expect(new Set(many.map(({ id }) => id)).size).toBe(many.length);
    expect(new Set(many.map(({ name }) => name)).size).toBe(many.length);
  });

  it("holds sums as a broker's clients do", () => {
    const last = sessionOnOrBefore(OPTIONS.today);
    const closes = new Map(
      prices.filter((row) => isoDay(row["data"]) === last).map((row) => [row["ativo"], number(row["preco"])]),
    );
    const values = new Map<string, number>();
    for (const [key, quantity] of replay(OPTIONS.today, () => undefined)) {
      const [client = "", asset = ""] = key.split("/");
      const rate = ["AAPL", "MSFT", "NVDA"].includes(asset) ? (closes.get("USDBRL")?.toNumber() ?? 0) : 1;
      const value = quantity.toNumber() * (closes.get(asset)?.toNumber() ?? 0) * rate;
      values.set(client, (values.get(client) ?? 0) + value);
    }
    const sorted = [...values.values()].sort((a, b) => a - b);
    expect(sorted).toHaveLength(60);
    expect(sorted[0]).toBeGreaterThan(60_000);
    expect(sorted.at(-1)).toBeLessThan(8_000_000);
    expect(sorted[30]).toBeGreaterThan(150_000);
    expect(sorted[30]).toBeLessThan(1_500_000);
  });
});

describe("operations", () => {
  it("never take away more than is held, and leave something to pay on", () => {
    replay(OPTIONS.today, (row, held) => {
      if (TAKES.has(row["tipo"] ?? ""))
        expect(number(row["quantidade"]).compare(held)).toBeLessThanOrEqual(0);
      if (["dividendo", "jcp", "rendimento"].includes(row["tipo"] ?? "")) {
        expect(number(row["valor"]).sign()).toBe(1);
        expect(isoDay(row["data_com"]) < isoDay(row["data"])).toBe(true);
      }
    });
  });

  it("lie on sessions up to today", () => {
    const days = new Set(operations.map((row) => isoDay(row["data"])));
    for (const day of days)
      expect([day, isIsoDay(day) && isSession(day) && day <= OPTIONS.today]).toEqual([day, true]);
    expect(days.size).toBeGreaterThan(300);
  });

  it("never buy and sell the same thing on one day", () => {
    const sides = new Map<string, Set<string | undefined>>();
    for (const row of operations) {
      if (!["compra", "venda", "resgate"].includes(row["tipo"] ?? "")) continue;
      const key = `${row["cliente"]}/${row["ativo"]}/${row["data"]}`;
      sides.set(key, (sides.get(key) ?? new Set()).add(row["tipo"]));
    }
    expect([...sides.values()].filter((types) => types.size > 1)).toEqual([]);
  });

  it("show every kind of event that a book has", () => {
    const types = new Set(operations.map((row) => row["tipo"]));
    for (const type of [
      ...["compra", "venda", "resgate", "dividendo", "jcp", "rendimento", "desdobramento", "bonificacao"],
      ...["transferencia_entrada", "transferencia_saida", "aporte", "retirada", "taxa"],
    ]) {
      expect(types).toContain(type);
    }
    expect(
      operations.filter((row) => row["tipo"] === "jcp").every((row) => number(row["ir"]).sign() === 1),
    ).toBe(true);
  });

  it.each([2026, 1, 2, 3, 4])("never sell out what the examples ask for (seed %s)", async (seed) => {
    const files = await read(generateDemo({ ...OPTIONS, seed, clients: 1 }));
    const mine = rowsOf(files, "operations").filter((row) => row["cliente"] === "cliente123");
    for (const asset of ["PETR4", "VALE3", "ITUB4", "CDB HORIZONTE 112 CDI", "TESOURO IPCA+ 2035", "AAPL"]) {
      let held = Decimal.ZERO;
      let least: Decimal | null = null;
      for (const row of mine.filter(({ ativo }) => ativo === asset)) {
        if (ADDS.has(row["tipo"] ?? "")) held = held.plus(number(row["quantidade"]));
        if (TAKES.has(row["tipo"] ?? "")) held = held.minus(number(row["quantidade"]));
        least = least === null || held.compare(least) < 0 ? held : least;
      }
      expect([asset, least?.sign()]).toEqual([asset, 1]);
    }
  });

  it("reach every class through the client of the examples", () => {
    const registered = new Map(rowsOf(book, "instruments").map((row) => [row["ativo"], row["classe"]]));
    const classes = new Set(
      operations
        .filter((row) => row["cliente"] === "cliente123" && row["tipo"] === "compra")
        .map((row) => registered.get(row["ativo"] ?? "") ?? describeInstrument(row["ativo"] ?? "").class),
    );
    expect([...classes].sort()).toEqual(
      ["acao", "acao_exterior", "bdr", "cdb", "cripto", "etf", "fii", "tesouro"].sort(),
    );
  });

  it("never overdraw cash that is controlled", () => {
    const controlled = new Set(
      clients.filter((row) => row["controla_caixa"] === "sim").map((row) => row["cliente"]),
    );
    expect(controlled.size).toBeGreaterThan(1);
    const cash = new Map<string, Decimal>();
    for (const row of operations.filter(({ cliente }) => controlled.has(cliente))) {
      const client = row["cliente"] ?? "";
      const traded = number(row["quantidade"]).times(number(row["preco"])).round(2);
      const fees = number(row["taxas"]);
      const amount = number(row["valor"]).minus(number(row["ir"]));
      const effect: Record<string, Decimal> = {
        compra: traded.plus(fees).negated(),
        venda: traded.minus(fees),
        resgate: traded.minus(fees),
        aporte: amount,
        retirada: amount.negated(),
        taxa: amount.negated(),
        dividendo: amount,
        jcp: amount,
        rendimento: amount,
      };
      const after = (cash.get(client) ?? Decimal.ZERO).plus(effect[row["tipo"] ?? ""] ?? Decimal.ZERO);
      expect([client, row["data"], after.sign() >= 0]).toEqual([client, row["data"], true]);
      expect(row["moeda"] === "BRL" || row["tipo"] === "desdobramento").toBe(true);
      cash.set(client, after);
    }
  });
});

describe("custody", () => {
  const custody = rowsOf(book, "positions");
  const day = isoDay(custody[0]?.["data"]);

  it("agrees with the operations up to its day, on which nothing happens", () => {
    expect(day).toBe("2026-10-30");
    expect(operations.some((row) => isoDay(row["data"]) === day)).toBe(false);
    const held = [...replay(day, () => undefined)].filter(
      ([key, quantity]) => quantity.sign() > 0 && !key.endsWith("/"),
    );
    expect(
      new Map(
        custody.map((row) => [`${row["cliente"]}/${row["ativo"]}`, number(row["quantidade"]).toJSON()]),
      ),
    ).toEqual(new Map(held.map(([key, quantity]) => [key, quantity.toJSON()])));
  });

  it("states the average cost, fees included", () => {
    const bought = operations.filter((row) => row["cliente"] === "cliente123" && row["ativo"] === "PETR4");
    const only = bought.filter((row) => row["tipo"] === "compra" && isoDay(row["data"]) <= day);
    const sales = bought.filter((row) => row["tipo"] === "venda" && isoDay(row["data"]) <= day);
    // Worked out with doubles: sales leave the average as it was.
    let quantity = 0;
    let cost = 0;
    for (const row of [...only, ...sales].sort((a, b) =>
      isoDay(a["data"]).localeCompare(isoDay(b["data"])),
    )) {
      const units = number(row["quantidade"]).toNumber();
      if (row["tipo"] === "venda") cost -= (cost / quantity) * units;
      else cost += units * number(row["preco"]).toNumber() + number(row["taxas"]).toNumber();
      quantity += row["tipo"] === "venda" ? -units : units;
    }
    const stated = custody.find((row) => row["cliente"] === "cliente123" && row["ativo"] === "PETR4");
    expect(number(stated?.["preco_medio"]).toNumber()).toBeCloseTo(cost / quantity, 6);
  });
});

describe("prices", () => {
  const of = (code: string) => prices.filter((row) => row["ativo"] === code);

  it("are all marked as the demo's, and end with today's session", () => {
    expect(new Set(prices.map((row) => row["fonte"]))).toEqual(new Set(["demo"]));
    const last = of("PETR4").at(-1);
    expect(isoDay(last?.["data"])).toBe(sessionOnOrBefore(OPTIONS.today));
    expect(prices.every((row) => isoDay(row["data"]) <= OPTIONS.today)).toBe(true);
  });

  it("there is one for everything that is traded, on the day of the trade", () => {
    const priced = new Set(prices.map((row) => `${row["ativo"]}/${row["data"]}`));
    const traded = operations
      .filter((row) => row["ativo"] !== "")
      .map((row) => `${row["ativo"]}/${row["data"]}`);
    expect(traded.filter((key) => !priced.has(key))).toEqual([]);
    expect(priced.size).toBe(prices.length);
  });

  it("closes lie on sessions, CDI on bank days, IPCA on the first of its month", () => {
    for (const row of prices) {
      const day = isoDay(row["data"]);
      if (row["ativo"] === "IPCA") expect(day.slice(8)).toBe("01");
      else expect(row["ativo"] === "CDI" ? isBankDay(day) : isSession(day)).toBe(true);
    }
  });

  it("halve on the day of the split and not otherwise", () => {
    const split = operations.find((row) => row["tipo"] === "desdobramento");
    const closes = of(split?.["ativo"] ?? "").map((row) => ({
      day: row["data"],
      price: number(row["preco"]).toNumber(),
    }));
    const jumps = closes.slice(1).flatMap(({ day, price }, index) => {
      const before = closes[index]?.price ?? 0;
      return Math.abs(price / before - 1) > 0.3 ? [{ day, ratio: price / before }] : [];
    });
    expect(jumps).toHaveLength(1);
    expect(jumps[0]?.day).toBe(split?.["data"]);
    expect(jumps[0]?.ratio).toBeCloseTo(0.5, 1);
  });

  it("keep the CDI at 14 to 15% a year and inflation at 0.2 to 0.6% a month", () => {
    let year = 1;
    for (const row of of("CDI").slice(-252)) year *= 1 + number(row["preco"]).toNumber() / 100;
    expect(year).toBeGreaterThan(1.135);
    expect(year).toBeLessThan(1.152);
    const months = of("IPCA").map((row) => number(row["preco"]).toNumber());
    expect(months).toHaveLength(24);
    expect(months.every((percent) => percent >= 0.2 && percent <= 0.6)).toBe(true);
  });

  it("move together, and as much as such things do", () => {
    const returns = (code: string): number[] => {
      const closes = of(code).map((row) => number(row["preco"]).toNumber());
      return closes.slice(1).map((price, index) => Math.log(price / (closes[index] ?? price)));
    };
    const mean = (list: readonly number[]): number =>
      list.reduce((total, each) => total + each, 0) / list.length;
    const covariance = (a: readonly number[], b: readonly number[]): number =>
      mean(a.map((each, index) => (each - mean(a)) * ((b[index] ?? 0) - mean(b))));
    const deviation = (list: readonly number[]): number => Math.sqrt(covariance(list, list));
    const [bank, index] = [returns("ITUB4"), returns("IBOV")];
    expect(covariance(bank, index) / deviation(bank) / deviation(index)).toBeGreaterThan(0.5);
    expect(deviation(index) * Math.sqrt(252)).toBeGreaterThan(0.11);
    expect(deviation(index) * Math.sqrt(252)).toBeLessThan(0.24);
  });

  it("registers what the built-in table does not know, in classes of the contract", () => {
    const registered = new Set(rowsOf(book, "instruments").map((row) => row["ativo"]));
    const unknown = [...new Set(prices.map((row) => row["ativo"] ?? ""))].filter(
      (code) => describeInstrument(code).origin !== "builtin" && !registered.has(code),
    );
    expect(unknown).toEqual([]);
    const classes: readonly string[] = INSTRUMENT_CLASSES;
    expect(rowsOf(book, "instruments").every((row) => classes.includes(row["classe"] ?? ""))).toBe(true);
  });
});

describe("extendDemo", () => {
  const lines = (files: readonly ReadFile[]): string[] =>
    files
      .filter(({ kind }) => kind === "prices" || kind === "operations")
      .flatMap(({ content }) => content.trimEnd().split("\n").slice(1))
      .sort();
  const small: DemoOptions = { ...OPTIONS, clients: 12 };

  it.each([
    ["2026-11-20", "2026-11-23"],
    ["2026-11-09", "2026-11-10"],
    ["2026-10-15", "2026-11-23"],
    ["2025-12-30", "2026-01-12"],
    ["2025-11-07", "2026-11-23"],
  ])("from %s to %s gives exactly what was missing", async (from, today) => {
    const before = await read(generateDemo({ ...small, today: from }));
    const added = await read(extendDemo({ ...small, from, today }));
    const whole = await read(generateDemo({ ...small, today }));
    expect([...lines(before), ...lines(added)].sort()).toEqual(lines(whole));
    expect(new Set(added.map(({ kind }) => kind))).toEqual(new Set(["prices", "operations"]));
  });

  it("works from day to day", async () => {
    const days = ["2026-11-13", "2026-11-14", "2026-11-16", "2026-11-17", "2026-11-23"];
    const parts = [await read(generateDemo({ ...small, today: "2026-11-13" }))];
    for (const [index, today] of days.slice(1).entries()) {
      parts.push(await read(extendDemo({ ...small, from: days[index] ?? "", today })));
    }
    expect(parts.flatMap(lines).sort()).toEqual(
      lines(await read(generateDemo({ ...small, today: "2026-11-23" }))),
    );
  });

  it("has no file where there is nothing to add", () => {
    expect(extendDemo({ ...small, from: "2026-11-23", today: "2026-11-23" })).toEqual([]);
    expect(extendDemo({ ...small, from: "2026-11-20", today: "2026-11-22" })).toEqual([]);
  });

  it("names its files by their day", async () => {
    const [first] = extendDemo({ ...small, from: "2026-11-20", today: "2026-11-23" });
    expect(first?.fileName).toBe("demo-precos-2026-11-23.csv");
  });
});

describe("a demo that starts in the middle of a month", () => {
  it("has its clients come with the next one", async () => {
    const files = await read(generateDemo({ ...OPTIONS, clients: 3, start: "2024-11-25" }));
    const first =
      rowsOf(files, "operations")
        .map((row) => isoDay(row["data"]))
        .sort()[0] ?? "";
    expect(first > "2024-12-01" && first < "2024-12-20").toBe(true);
  });
});
