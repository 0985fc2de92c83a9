import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { openBook } from "../../../src/main/book.ts";
import { createShell, type Io } from "../../../src/main/shell.ts";
import { wordsOf } from "../../../src/main/words/words.ts";
import { type CommandLine, openCommandLine } from "../../command-line.testing.ts";
import { loadPostgresGold, type PostgresGold } from "./postgres-gold.testing.ts";
import { SERVICES } from "./services.testing.ts";

/** The bot's own conversation, reading gold through the services, says to the letter what it says with DuckDB. */

const NOW = new Date("2026-11-20T22:00:00Z");
const TEXTS = [
  "/carteira cliente123",
  "quanto rendeu cliente123 no ano?",
  "/carteira cliente123 PETR4",
  "meus clientes",
  "cotação PETR4",
];

let line: CommandLine;
let gold: PostgresGold;

beforeAll(async () => {
  line = await openCommandLine(() => NOW);
  const { code, err } = await line.carteira("demo", "--clients", "6");
  expect(code, err).toBe(0);
  gold = await loadPostgresGold(line.home);
});

afterAll(async () => {
  await gold?.close();
  await line?.remove();
});

function newShell() {
  const silent = { write: () => true };
  const io: Io = {
    stdout: silent,
    stderr: silent,
    environment: {},
    workingFolder: line.home,
    now: () => NOW,
    stop: new AbortController().signal,
  };
  const config = readConfig({ CARTEIRA_HOME: line.home }, line.home);
  return createShell(io, { config, words: wordsOf("pt"), language: undefined });
}

/** What the conversation says to each text, asked as a broker. */
async function said(
  who: string,
  texts: readonly string[],
  openWarehouse?: Parameters<typeof openBook>[2],
): Promise<readonly string[]> {
  const shell = newShell();
  try {
    const book = await openBook(shell, undefined, openWarehouse);
    const replies: string[] = [];
    for (const text of texts) {
      const talk = crypto.randomUUID();
      const reply = await book.conversation.say({ eventId: talk, who, place: talk, text, takesFiles: false });
      replies.push(`${reply?.failure ?? ""}${reply?.message.text ?? ""}`);
    }
    return replies;
  } finally {
    await shell.close();
  }
}

describe.each(Object.entries(SERVICES))("the bot over %s", (_name, serve) => {
  it("says what it says over DuckDB, and nothing of another broker's client", async () => {
    const { service, open } = await serve(gold);
    try {
      const answers = await said("corretor1", TEXTS, open);
      expect(answers[0]).toMatch(/^Ana Souza.*R\$\s[\d.]+,\d\d/);
      expect(service.calls.length).toBeGreaterThan(0);
      expect(answers).toEqual(await said("corretor1", TEXTS));
      const [refusal] = await said("corretor2", ["/carteira cliente123"], open);
      expect(refusal).toMatch(/^Não encontrei esse cliente entre os seus\./);
      expect(refusal).not.toContain("Ana");
    } finally {
      await service.close();
    }
  });
});
