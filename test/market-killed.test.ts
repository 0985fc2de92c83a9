import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readQuotes } from "../pipeline/gold/publish.ts";
import { GOLD_POINTER } from "../src/contracts/gold.ts";
import { openDiskLake } from "../src/lake/disk.ts";
import { homePaths } from "../src/main/home.ts";
import type { MarketBook } from "./market-book.testing.ts";
import { allThatIsWritten, historyOf, openMonday, openThursday, refreshed } from "./market-faults.testing.ts";

/** Refreshes that are killed without a chance to tidy up, that run two at a time, and what they leave written. */

const PROGRAM = fileURLToPath(new URL("./carteira-at.testing.ts", import.meta.url));
/** A killed process leaves its lease of half a minute behind. */
const LATER = "2026-11-23T17:02:00Z";

let thursday: MarketBook;
/** The answers before a refresh of Monday and after it. */
let before: string;
let after: string;
/** How long the process takes when nobody kills it. */
let wholeMs: number;
let killed = 0;

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly said: string;
}

/** `carteira refresh` as a process, killed after a time unless it has ended by then. */
async function refreshProcess(book: MarketBook, killAfterMs: number | null): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [PROGRAM, "2026-11-23T17:00:00Z", "refresh", "--home", book.line.home],
    {
      env: { PATH: process.env["PATH"], ...book.environment },
    },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said += String(chunk);
    });
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (timer !== null) clearTimeout(timer);
      resolve({ signal, code, said });
    });
  });
}

/** Every upload that counts must be there once: its name, and the hash of what it holds. */
async function activeUploads({ line }: MarketBook): Promise<string[]> {
  const { out } = await line.carteira("uploads", "--json");
  const uploads = JSON.parse(out) as readonly { file: string; status: string }[];
  return uploads.filter(({ status }) => status === "active").map(({ file }) => file);
}

async function withMonday(work: (book: MarketBook) => Promise<void>): Promise<void> {
  const book = await openMonday(thursday);
  try {
    await work(book);
  } finally {
    await book.close();
  }
}

beforeAll(async () => {
  thursday = await openThursday();
  await withMonday(async (book) => {
    before = await book.ask("/carteira cliente123");
    const startMs = performance.now();
    const { code, said } = await refreshProcess(book, null);
    wholeMs = performance.now() - startMs;
    expect(code, said).toBe(0);
    after = await book.ask("/carteira cliente123");
  });
  expect(before).toContain("R$ 22.660,00 · em 19/11");
  expect(after).toContain("R$ 22.988,55 · hoje +1,46% (+R$ 329,75)");
});

afterAll(() => thursday.close());

describe("a refresh that is killed", () => {
  it.each([0.4, 0.65, 0.85])(
    "after %s of its time leaves a book that answers, and the next one completes",
    (share) =>
      withMonday(async (book) => {
        const known = await historyOf(book);
        const { signal } = await refreshProcess(book, wholeMs * share);
        book.at(LATER);
        const left = await book.ask("/carteira cliente123");
        if (signal !== null) killed += 1;
        if (signal === null) expect(left).toBe(after);
        // Closes of Friday and Thursday's rate may be in before the quotes are.
        else expect(left).toMatch(/R\$ 22\.(660,00|713,00|988,55) · (hoje|em 19\/11|no último pregão) /);

        expect((await refreshed(book)).code).toBe(0);
        expect(await book.ask("/carteira cliente123")).toBe(after);
        const { prices, bronze } = await historyOf(book);
        expect(prices).toEqual(expect.arrayContaining(known.prices));
        expect(new Set(prices).size).toBe(prices.length);
        expect(bronze).toEqual(expect.arrayContaining(known.bronze));
        // Thursday's two files of prices, and Monday's.
        const market = (await activeUploads(book)).filter((file) => file.startsWith("precos-"));
        expect(market.map((file) => file.replace(/-2026\d+T\d+Z/, "")).toSorted()).toEqual([
          "precos-bcb.csv",
          "precos-bcb.csv",
          "precos-yahoo.csv",
          "precos-yahoo.csv",
        ]);
        const lake = await openDiskLake(homePaths(book.line.home).lake);
        const { file } = await readQuotes(lake);
        expect(file !== null && (await lake.exists(file.key))).toBe(true);
        const { code, out } = await book.line.carteira("doctor", "--deep");
        expect(code, out).toBe(0);
        expect(out).not.toContain("✗");
      }),
  );

  it("was really killed", () => {
    expect(killed).toBeGreaterThan(0);
  });

  it("between what it loaded and its publication is made good by the next, which has nothing new to load", () =>
    withMonday(async (book) => {
      const lake = await openDiskLake(homePaths(book.line.home).lake);
      const thursdays = await lake.readPointer(GOLD_POINTER);
      expect((await refreshed(book)).code).toBe(0);
      const mondays = await lake.readPointer(GOLD_POINTER);
      await lake.movePointer(GOLD_POINTER, thursdays?.content ?? "", mondays?.version ?? null);
      expect(await book.ask("/carteira cliente123")).not.toBe(after);

      expect((await refreshed(book)).said).toContain("0 preços novos");
      expect(await book.ask("/carteira cliente123")).toBe(after);
    }));
});

describe("two refreshes at once", () => {
  it("both end well and come to one set of rows", () =>
    withMonday(async (book) => {
      const [one, two] = await Promise.all([refreshProcess(book, null), refreshProcess(book, null)]);
      expect([one.code, two.code], one.said + two.said).toEqual([0, 0]);
      book.at(LATER);
      expect(await book.ask("/carteira cliente123")).toBe(after);
      const { prices } = await historyOf(book);
      expect(new Set(prices).size).toBe(prices.length);
    }));
});

describe("the cookie and the crumb", () => {
  it("are in nothing that is printed or written, not even when they are refused", () =>
    withMonday(async (book) => {
      const { yahoo, line } = book;
      const printed: string[] = [];
      const say = async (...argv: readonly string[]) => {
        const { out, err } = await line.carteira(...argv);
        printed.push(out, err);
      };
      await say("refresh", "--json");
      yahoo.expireCrumb();
      await say("refresh");
      yahoo.fail({ on: "quote", with: { status: 500, body: "oops" } }, { on: "chart", with: PAGE });
      await say("refresh");
      await say("doctor");
      await say("ask", "/carteira cliente123", "--as", "corretor1", "--json");

      // They were really sent: else there would be nothing to find.
      const { crumb, cookie } = yahoo.secrets();
      expect(yahoo.requests("quote").map(({ query }) => query.get("crumb"))).toContain(crumb);
      expect(yahoo.requests("quote").some(({ headers }) => headers.cookie?.includes(cookie))).toBe(true);
      const written = await allThatIsWritten(book);
      expect(written.some((text) => text.startsWith("state.db\n"))).toBe(true);
      expect(written.some((text) => text.includes('"quoteResponse"'))).toBe(true);
      for (const text of [...printed, ...written]) expect(text).not.toMatch(/SECRET|cRumb/);
    }));
});

const PAGE = { body: "<!DOCTYPE html><title>Will be right back</title>" };
