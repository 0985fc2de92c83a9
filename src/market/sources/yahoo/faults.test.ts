import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type FakeFault,
  type FakeYahoo,
  fakeChart,
  fakeQuote,
  startFakeYahoo,
} from "./fake-yahoo.testing.ts";
import { rig } from "./yahoo.testing.ts";

let fake: FakeYahoo;
const printed: unknown[] = [];

beforeEach(async () => {
  const symbols = ["PETR4.SA", "VALE3.SA"];
  fake = await startFakeYahoo({
    quotes: new Map(symbols.map((symbol) => [symbol, fakeQuote(symbol)])),
    charts: new Map(symbols.map((symbol) => [symbol, fakeChart({ symbol, bars: [[1_785_243_600, 41.5]] })])),
  });
  printed.length = 0;
  for (const method of ["log", "info", "warn", "error", "debug", "dir"] as const)
    vi.spyOn(console, method).mockImplementation((...line: unknown[]) => void printed.push(...line));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  // The library prints the address of a failed request with its crumb.
  expect(printed).toEqual([]);
  await fake.close();
});

type Rig = ReturnType<typeof rig>;
const FROM = "2026-07-01";

const quote = async ({ yahoo }: Rig, symbol = "PETR4.SA"): Promise<string | undefined> => {
  const { found, problems } = await yahoo.quotes([symbol]);
  return found[0]?.price.toString() ?? problems[0]?.code;
};
const chart = async ({ yahoo }: Rig, symbol = "PETR4.SA"): Promise<string | undefined> => {
  const { found, problems } = await yahoo.histories([{ symbol, from: FROM }]);
  return found[0]?.closes[0]?.close.toString() ?? problems[0]?.code;
};

describe("a request that fails", () => {
  const cases: [string, FakeFault["with"], string, number][] = [
    ["429", { status: 429 }, "rate_limited", 3],
    ["Too Many Requests with 200", { body: "Too Many Requests\r\n" }, "rate_limited", 3],
    ["503", { status: 503 }, "unreadable", 3],
    ["HTML", { body: "<!DOCTYPE html><p>Sorry</p>" }, "unreadable", 1],
    ["an empty body", { body: "" }, "unreadable", 1],
    ["another JSON", { body: '{"chart":{"error":null}}' }, "unreadable", 1],
    ["a list", { body: "[]" }, "unreadable", 1],
    ["null", { body: "null" }, "unreadable", 1],
    ["half its JSON", "half JSON", "unreadable", 3],
    ["a connection lost in the body", "dropped mid-body", "unreadable", 3],
    ["no connection", "dropped at once", "unreachable", 3],
    ["an answer that comes late", { delayMs: 3000 }, "timed_out", 1],
    ["half an answer that never ends", { stallMs: 3000 }, "timed_out", 1],
    ["a redirect", { status: 302 }, "unreadable", 1],
  ];

  it.each(cases)("with %s is tried as often as makes sense: charts", async (_, fault, code, requests) => {
    fake.fail({ on: "chart", with: fault });
    expect(await chart(rig(fake, { timeoutMs: 400 }))).toBe(code);
    expect(fake.log).toHaveLength(requests);
  });

  it.each(cases)("with %s is tried as often as makes sense: quotes", async (_, fault, code, requests) => {
    fake.charts.clear();
    fake.fail({ on: "quote", with: fault });
    expect(await quote(rig(fake, { timeoutMs: 400 }))).toBe(code);
    expect(fake.requests("quote")).toHaveLength(requests);
  });

  it.each(["half JSON", "dropped mid-body", "dropped at once", { status: 429 }, { status: 502 }] as const)(
    "twice with %j succeeds the third time",
    async (fault) => {
      fake.fail({ on: "quote", times: 2, with: fault }, { on: "chart", times: 2, with: fault });
      const over = rig(fake);
      expect(await quote(over)).toBe("41.88");
      expect(await chart(over)).toBe("41.5");
    },
  );

  it("reaches nobody where nobody listens", async () => {
    await fake.close();
    expect(await chart(rig(fake))).toBe("unreachable");
    expect(await quote(rig(fake))).toBe("unreachable");
  });

  it("to an origin that is no address is a mistake in the settings", () => {
    expect(() => rig({ origin: "yahoo" })).toThrow(TypeError);
  });

  it("for one symbol leaves the others", async () => {
    fake.fail({ on: "chart", symbol: "PETR4.SA", with: { status: 500 } });
    const over = rig(fake);
    expect(await Promise.all([chart(over, "PETR4.SA"), chart(over, "VALE3.SA")])).toEqual([
      "unreadable",
      "41.5",
    ]);
  });
});

describe("the handshake", () => {
  it.each([
    ["Too Many Requests", "rate_limited"],
    ["Too Many Requests\r\n", "rate_limited"],
    ["<html>denied</html>", "rate_limited"],
    ["", "rate_limited"],
  ])("takes no crumb of %j, and recovers", async (body, code) => {
    fake.fail({ on: "crumb", with: { body } });
    const over = rig(fake);
    expect(await quote(over)).toBe(code);
    expect(fake.requests("quote")).toEqual([]);
    expect(fake.requests("crumb")).toHaveLength(3);
    fake.heal();
    expect(await quote(over)).toBe("41.88");
  });

  it.each([
    ["crumb", { status: 429 }, "rate_limited"],
    ["crumb", { status: 500 }, "unreadable"],
    ["crumb", { status: 401 }, "unreadable"],
    ["crumb", { delayMs: 3000 }, "timed_out"],
    ["page", { status: 429 }, "rate_limited"],
    ["page", { status: 503 }, "unreadable"],
    ["page", { stallMs: 1 }, "41.88"],
    ["page", { delayMs: 3000 }, "timed_out"],
  ] as const)("whose %s answers %j ends, and recovers", async (on, fault, code) => {
    fake.charts.clear();
    fake.fail({ on, with: fault });
    const over = rig(fake, { timeoutMs: 400 });
    expect(await quote(over)).toBe(code);
    fake.heal();
    expect(await quote(over)).toBe("41.88");
  });

  it("takes the cookie elsewhere when the page has more headers than Node reads", async () => {
    fake.fail({ on: "page", times: 1, with: "long headers" });
    const over = rig(fake);
    expect(await quote(over)).toBe("41.88");
    expect(fake.requests("page")).toHaveLength(2);
    expect(over.yahoo.sent().crumb).toBe(3);
  });

  it("is repeated once when the crumb is refused, for all batches together", async () => {
    const book = Array.from({ length: 200 }, (_, n) => `S${n}.SA`);
    for (const symbol of book) fake.quotes.set(symbol, fakeQuote(symbol));
    const over = rig(fake);
    expect(await quote(over)).toBe("41.88");
    fake.expireCrumb();
    const { found } = await over.yahoo.quotes(book);
    expect(found).toHaveLength(200);
    expect(fake.requests("crumb")).toHaveLength(2);
    expect(over.events.filter(({ event }) => event === "yahoo_crumb_renewed")).toHaveLength(1);
  });

  it.each([401, 403])("is given up when %i stays, and charts stand in", async (status) => {
    fake.fail({ on: "quote", with: { status, body: "Invalid Crumb" } });
    const over = rig(fake);
    expect(await quote(over)).toBe("41.88");
    expect(fake.requests("quote")).toHaveLength(2);
    expect(fake.requests("chart")).toHaveLength(1);
    fake.heal();
    fake.expireCrumb();
    expect(await quote(over)).toBe("41.88");
    expect(fake.requests("chart")).toHaveLength(1);
  });

  it("belongs to one source: another one makes its own", async () => {
    expect(await quote(rig(fake))).toBe("41.88");
    expect(await quote(rig(fake))).toBe("41.88");
    expect(fake.requests("crumb")).toHaveLength(2);
  });
});

describe("the circuit", () => {
  it("opens after five failures, sends nothing for a minute, and then tries once more", async () => {
    fake.fail({ on: "chart", with: { status: 503 } });
    vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
    const over = rig(fake);
    const wanted = Array.from({ length: 20 }, (_, n) => ({ symbol: `S${n}.SA`, from: FROM }));
    const { problems } = await over.yahoo.histories(wanted);
    // Two charts at a time: the fifth failure is seen while at most one more request is on its way.
    expect(fake.log.length).toBeGreaterThanOrEqual(5);
    expect(fake.log.length).toBeLessThanOrEqual(6);
    expect(problems.map(({ code }) => code)).toEqual([
      ...Array(2).fill("unreadable"),
      ...Array(18).fill("circuit_open"),
    ]);
    const before = fake.log.length;
    vi.setSystemTime(1_000_000 + 59_000);
    expect(await chart(over)).toBe("circuit_open");
    expect(fake.log).toHaveLength(before);
    vi.setSystemTime(1_000_000 + 61_000);
    expect(await chart(over)).toBe("unreadable");
    expect(fake.log).toHaveLength(before + 1);
    expect(await chart(over)).toBe("circuit_open");
    fake.heal();
    vi.setSystemTime(1_000_000 + 130_000);
    expect(await chart(over)).toBe("41.5");
    expect(await chart(over)).toBe("41.5");
    expect(over.events.map(({ event }) => event)).toContain("yahoo_circuit_opened");
    expect(over.events.at(-1)).toEqual({ event: "yahoo_circuit_closed", details: { kind: "chart" } });
  });

  it("of quotes opens when the source slows them down, and charts go on", async () => {
    fake.fail({ on: "quote", with: { status: 429 } });
    const over = rig(fake);
    expect(await quote(over)).toBe("rate_limited");
    expect(await quote(over)).toBe("rate_limited");
    expect(await quote(over)).toBe("circuit_open");
    expect(fake.requests("quote")).toHaveLength(5);
    expect(await chart(over)).toBe("41.5");
  });

  it("stays closed for symbols that Yahoo does not know", async () => {
    const over = rig(fake);
    const unknown = Array.from({ length: 20 }, (_, n) => ({ symbol: `S${n}.SA`, from: FROM }));
    const { problems } = await over.yahoo.histories(unknown);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["no_answer"]));
    expect(await chart(over)).toBe("41.5");
  });
});

describe("what is received", () => {
  it("is kept before it is used, whatever its status, and the handshake never is", async () => {
    fake.fail({ on: "quote", times: 1, with: { status: 503, body: "busy" } });
    const over = rig(fake);
    expect(await quote(over)).toBe("41.88");
    expect(over.kept.map(({ source, name, status }) => [source, name, status])).toEqual([
      ["yahoo", "quote", 503],
      ["yahoo", "quote", 200],
    ]);
    expect(over.kept[0]?.body).toBe("busy");
    expect(JSON.parse(over.kept[1]?.body ?? "")).toHaveProperty("quoteResponse");
  });

  it.each(["quote", "chart"] as const)("is not used when it cannot be kept: %s", async (kind) => {
    const full = new Error("disk full");
    const over = rig(fake, { keep: () => Promise.reject(full) });
    await expect(kind === "quote" ? quote(over) : chart(over)).rejects.toBe(full);
    expect(fake.requests(kind)).toHaveLength(1);
  });

  it("ends the work on many when it cannot be kept", async () => {
    const over = rig(fake, { keep: () => Promise.reject(new Error("disk full")) });
    const wanted = Array.from({ length: 20 }, (_, n) => ({ symbol: `S${n}.SA`, from: FROM }));
    await expect(over.yahoo.histories(wanted)).rejects.toThrow("disk full");
    expect(fake.log.length).toBeLessThanOrEqual(2);
  });

  it("never tells the crumb or the cookie, in no event, name or body", async () => {
    const over = rig(fake, { timeoutMs: 400 });
    for (const fault of [{ status: 500 }, { body: "<html>" }, "half JSON", { status: 401 }] as const) {
      fake.fail({ on: "quote", times: 3, with: fault });
      await quote(over);
      fake.heal();
    }
    expect(await chart(over)).toBe("41.5");
    expect(fake.requests("quote")[0]?.query.get("crumb")).toContain("SECRET");
    expect(JSON.stringify([over.events, over.kept])).not.toContain("SECRET");
    expect(over.events.length).toBeGreaterThan(0);
  });
});
