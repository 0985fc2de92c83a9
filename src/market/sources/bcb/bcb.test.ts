import { afterEach, describe, expect, it } from "vitest";
import type { ReceivedBody } from "../source.ts";
import { type BcbOptions, createBcb } from "./bcb.ts";
import { type FakeBcb, type FakeBcbOptions, type FakePoint, startFakeBcb } from "./fake-bcb.testing.ts";
import { checkPoints } from "./points.ts";
import { BCB_SERIES } from "./series.ts";
import { readSgs } from "./sgs.ts";

const servers: FakeBcb[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const TODAY = new Date("2026-01-09T21:00:00Z");
const QUICK = { perInterval: 1_000, retryDelayMs: 1, restMs: 60_000 };
const CDI: readonly FakePoint[] = [
  { day: "2026-01-05", value: "0.055131" },
  { day: "2026-01-06", value: "0.05513100" },
  { day: "2026-01-07", value: "0.06" },
];
const JANUARY = { code: "CDI", from: "2026-01-01", to: "2026-01-31" } as const;

async function open(fake: Partial<FakeBcbOptions>, options: Partial<BcbOptions> = {}) {
  const server = await startFakeBcb({ series: new Map([["CDI", CDI]]), ...fake });
  servers.push(server);
  const kept: ReceivedBody[] = [];
  const keep = async (received: ReceivedBody): Promise<void> => {
    kept.push(received);
  };
  const bcb = createBcb({ origin: server.origin, keep, now: () => TODAY, pace: QUICK, ...options });
  return { bcb, kept, server };
}

/** Points as text: `2026-01-05 0.055131`. */
async function ask(bcb: ReturnType<typeof createBcb>, wanted: Parameters<typeof bcb.series>[0] = [JANUARY]) {
  const { found, problems } = await bcb.series(wanted);
  return {
    found: found.map(({ code, points }) => [code, ...points.map(({ day, value }) => `${day} ${value}`)]),
    problems: problems.map(({ subject, code }) => `${subject} ${code}`),
  };
}

const ALL_OF_IT = [["CDI", "2026-01-05 0.055131", "2026-01-06 0.05513100", "2026-01-07 0.06"]];

describe("a series of SGS", () => {
  it("is read exactly, and its bytes are kept before", async () => {
    const { bcb, kept, server } = await open({});
    expect(await ask(bcb)).toEqual({ found: ALL_OF_IT, problems: [] });
    expect(server.requests).toEqual([
      "/dados/serie/bcdata.sgs.12/dados?formato=json&dataInicial=01/01/2026&dataFinal=31/01/2026",
    ]);
    expect(kept).toEqual([
      {
        source: "bcb",
        name: "sgs-12",
        receivedAt: TODAY,
        status: 200,
        body: expect.stringContaining('"valor":"0.055131"'),
      },
    ]);
    expect(bcb.sent()).toBe(1);
  });

  it("has a number of its own for each code", async () => {
    const { bcb, server } = await open({});
    const codes = ["CDI", "SELIC", "IPCA", "IGPM", "USDBRL"] as const;
    await bcb.series(codes.map((code) => ({ ...JANUARY, code })));
    expect(server.requests.map((path) => /sgs\.(\d+)/.exec(path)?.[1])).toEqual([
      "12",
      "11",
      "433",
      "189",
      "1",
    ]);
  });

  it("without points yet is no failure", async () => {
    const { bcb } = await open({ series: new Map() });
    expect(await ask(bcb)).toEqual({ found: [["CDI"]], problems: [] });
  });

  it("is not asked for in a window that ends before it starts, and a window of no days is a mistake", async () => {
    const { bcb } = await open({});
    const backwards = { code: "CDI", from: "2026-01-02", to: "2026-01-01" } as const;
    expect(await ask(bcb, [backwards])).toEqual({ found: [["CDI"]], problems: [] });
    expect(bcb.sent()).toBe(0);
    await expect(bcb.series([{ ...JANUARY, from: "2026-02-30" }])).rejects.toThrow(RangeError);
    await expect(bcb.series([{ ...JANUARY, from: "1000-01-01" }])).rejects.toThrow("too long");
  });

  it.each([
    ["no value yet", { day: "2026-01-08", value: null }, []],
    ["an empty value", { day: "2026-01-08", value: " " }, []],
    ["a word", { day: "2026-01-08", value: "n/d" }, ["CDI price_invalid"]],
    ["a decimal comma", { day: "2026-01-08", value: "0,05" }, ["CDI price_invalid"]],
    ["a day to come", { day: "2026-01-12", value: "0.05" }, ["CDI time_invalid"]],
    ["a Sunday", { day: "2026-01-04", value: "0.05" }, ["CDI time_invalid"]],
    ["a bank holiday", { day: "2026-01-01", value: "0.05" }, ["CDI time_invalid"]],
  ])("leaves out %s", async (_, point, problems) => {
    const { bcb } = await open({ series: new Map([["CDI", [...CDI, point, point]]]) });
    expect(await ask(bcb)).toEqual({ found: ALL_OF_IT, problems });
  });

  it("takes the last of two points for one day", async () => {
    const stale = { day: "2026-01-05", value: "9" };
    const { bcb } = await open({ series: new Map([["CDI", [stale, ...CDI]]]) });
    expect(await ask(bcb)).toEqual({ found: ALL_OF_IT, problems: [] });
  });

  it.each([
    ["before the window", "31/12/2025"],
    ["after the window", "02/02/2026"],
    ["on no day", "32/01/2026"],
    ["on a day in another form", "2026-01-05T00:00"],
  ])("refuses a point that lies %s", (_, data) => {
    const body = JSON.stringify([{ data, valor: "0.05" }]);
    const rules = BCB_SERIES.CDI.rules;
    const checked = checkPoints(readSgs(200, body) ?? [], { window: JANUARY, today: "2026-02-09", rules });
    expect(checked).toEqual({ points: [], refused: ["time_invalid"] });
  });

  it("of months is dated on their first days and may be below zero, while a rate of exchange may not", async () => {
    const months = [
      { day: "2025-12-01", value: "-0.11" },
      { day: "2026-01-02", value: "0.33" },
    ];
    const dollars = [
      { day: "2026-01-05", value: "-5.4" },
      { day: "2026-01-06", value: "0" },
      { day: "2026-01-07", value: "5.3828" },
    ];
    const { bcb } = await open({
      series: new Map([
        [433, months],
        [1, dollars],
      ]),
    });
    const window = { from: "2025-12-01", to: "2026-01-31" };
    expect(
      await ask(bcb, [
        { code: "IPCA", ...window },
        { code: "USDBRL", ...window },
      ]),
    ).toEqual({
      found: [
        ["IPCA", "2025-12-01 -0.11"],
        ["USDBRL", "2026-01-07 5.3828"],
      ],
      problems: ["IPCA time_invalid", "USDBRL price_invalid"],
    });
  });

  it("is asked for in pieces of ten years, which the bank does not refuse", async () => {
    const points = [
      { day: "1999-12-31", value: "0.07" },
      { day: "2009-12-31", value: "0.03" },
      { day: "2010-01-04", value: "0.04" },
      { day: "2026-01-05", value: "0.05" },
    ];
    const { bcb, server } = await open({ series: new Map([[12, points]]) });
    expect(await ask(bcb, [{ code: "CDI", from: "1990-01-01", to: "2026-01-09" }])).toEqual({
      found: [["CDI", ...points.map(({ day, value }) => `${day} ${value}`)]],
      problems: [],
    });
    expect(server.requests).toHaveLength(4);
  });
});

describe("when the bank fails", () => {
  it.each([
    ["rate_limited", "rate_limited", 3],
    ["server_error", "unreadable", 3],
    ["refused_connection", "unreachable", 3],
    ["half_body", "unreachable", 3],
    ["slow", "timed_out", 3],
    ["window_refused", "unreadable", 1],
    ["xml", "unreadable", 1],
    ["html", "unreadable", 1],
    ["cut_json", "unreadable", 1],
  ] as const)("%s for good is the problem %s", async (fault, problem, tries) => {
    const { bcb } = await open({ faults: () => fault }, { timeoutMs: 150 });
    expect(await ask(bcb)).toEqual({ found: [], problems: [`CDI ${problem}`] });
    expect(bcb.sent()).toBe(tries);
  });

  it.each(["rate_limited", "server_error", "refused_connection", "half_body", "slow"] as const)(
    "%s twice is waited out",
    async (fault) => {
      const { bcb } = await open({ faults: (_, nth) => (nth < 2 ? fault : null) }, { timeoutMs: 150 });
      expect(await ask(bcb)).toEqual({ found: ALL_OF_IT, problems: [] });
    },
  );

  it("keeps what came with an error, too", async () => {
    const { bcb, kept } = await open({ faults: (_, nth) => (nth === 0 ? "server_error" : null) });
    await ask(bcb);
    expect(kept.map(({ status, name }) => [status, name])).toEqual([
      [503, "sgs-12"],
      [200, "sgs-12"],
    ]);
  });

  it("leaves no hole: what lies after a failed piece waits, too", async () => {
    const points = ["2000-01-03", "2011-01-03", "2026-01-05"].map((day) => ({ day, value: "0.05" }));
    const { bcb } = await open({
      series: new Map([["CDI", points]]),
      faults: (_, nth) => (nth === 1 ? "html" : null),
    });
    expect(await ask(bcb, [{ code: "CDI", from: "2000-01-01", to: "2026-01-09" }])).toEqual({
      found: [["CDI", "2000-01-03 0.05"]],
      problems: ["CDI unreadable"],
    });
  });

  it("is left alone after three calls, while the other host goes on, and asked again after a rest", async () => {
    let down = true;
    const euro = [{ day: "2026-01-05", value: "6.3" }];
    const { bcb, server } = await open(
      {
        series: new Map([
          ["CDI", CDI],
          ["EURBRL", euro],
        ]),
        faults: (path) => (down && path.startsWith("/dados") ? "server_error" : null),
      },
      { pace: { ...QUICK, restMs: 200 } },
    );
    const january = (code: "CDI" | "EURBRL") => ({ ...JANUARY, code });
    const { problems } = await bcb.series([january("CDI"), january("CDI"), january("CDI"), january("CDI")]);
    expect(problems.map(({ code }) => code)).toEqual([
      "unreadable",
      "unreadable",
      "unreadable",
      "circuit_open",
    ]);
    expect(server.requests).toHaveLength(9);
    expect((await ask(bcb, [january("EURBRL")])).found).toEqual([["EURBRL", "2026-01-05 6.3"]]);
    down = false;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await ask(bcb)).toEqual({ found: ALL_OF_IT, problems: [] });
  });

  it("tells the log, once for each problem", async () => {
    const told: unknown[] = [];
    const { bcb } = await open(
      { faults: () => "html" },
      { log: (event, fields) => void told.push([event, fields]) },
    );
    await ask(bcb);
    expect(told).toEqual([
      ["bcb.problem", { series: "CDI", problem: "unreadable", from: "2026-01-01", to: "2026-01-31" }],
    ]);
  });
});

describe("when the body cannot be kept", () => {
  it("rejects with the reason, at once, and reads nothing", async () => {
    const keep = () => Promise.reject(new Error("disk full"));
    const { bcb } = await open({}, { keep });
    await expect(bcb.series([JANUARY])).rejects.toThrow("disk full");
    expect(bcb.sent()).toBe(1);
  });
});

describe("the pace", () => {
  it("starts no more requests in an interval than it may", async () => {
    const { bcb } = await open({}, { pace: { ...QUICK, perInterval: 2, intervalMs: 150 } });
    const started = performance.now();
    await bcb.series(Array.from({ length: 5 }, () => JANUARY));
    expect(performance.now() - started).toBeGreaterThan(290);
  });
});
