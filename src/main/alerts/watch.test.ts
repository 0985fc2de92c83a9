import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../config.ts";
import type { AlertNotice } from "../../state/index.ts";
import { type Book, openBook } from "../book.ts";
import { REAL_HOME } from "../home.ts";
import { type ClosableShell, createShell } from "../shell.ts";
import { wordsOf } from "../words/words.ts";
import { watchAlerts } from "./watch.ts";

/** Alerts over a whole book: typed in a conversation, judged by the watch, the ledger's income among them. */

let folder: string;
let shell: ClosableShell;
let book: Book;
let now: Date;
let events = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "book-alerts-"));
  now = new Date("2026-11-19T22:00:00Z");
  const silent = { write: () => true };
  const io = {
    stdout: silent,
    stderr: silent,
    environment: {},
    workingFolder: folder,
    now: () => now,
    stop: new AbortController().signal,
  };
  const config = readConfig({ CARTEIRA_HOME: "book" }, folder);
  shell = createShell(io, { config, words: wordsOf("pt"), language: undefined });
  book = await openBook(shell, REAL_HOME);
  await drop("clientes.csv", "cliente;nome;corretor", "c1;Ana Souza;corretor1", "c2;Caio Lima;corretor2");
  await drop("ops.csv", "cliente;data;tipo;ativo;quantidade;preco", "c1;18/11/2026;compra;PETR4;100;37,00");
  await drop("precos.csv", "data;ativo;preco", "18/11/2026;PETR4;37,00", "19/11/2026;PETR4;35,00");
  await drop(
    "eventos.csv",
    "ativo;data;tipo;fator;situacao;fonte;custo;valor",
    "PETR4;19/11/2026;provento;;;b3;;0,47",
    "VALE3;19/11/2026;provento;;;b3;;1,00",
  );
});

afterEach(async () => {
  await shell.close();
  await rm(folder, { recursive: true });
});

async function drop(fileName: string, ...lines: readonly string[]): Promise<void> {
  events += 1;
  const body = Readable.from([lines.map((line) => `${line}\n`).join("")]);
  await book.conversation.drop(
    { eventId: `f${events}`, who: "admin", place: "console", fileName, body, clientId: null },
    () => {},
  );
}

async function say(who: string, text: string): Promise<string> {
  events += 1;
  const reply = await book.conversation.say({ eventId: `e${events}`, who, place: "console", text });
  return reply?.message.text ?? "";
}

/** Watches until so many notices were planned, or it has looked often enough to have planned more. */
async function watched(wanted: number): Promise<readonly AlertNotice[]> {
  const planned: AlertNotice[] = [];
  const errors: string[] = [];
  const stop = new AbortController();
  const watch = watchAlerts(
    {
      store: book,
      alerts: book.alerts,
      plan: async (notice) => void planned.push(notice),
      logger: { error: (event) => errors.push(event) },
      now: () => now,
      everyMs: 10,
    },
    stop.signal,
  );
  for (let tries = 0; tries < 200 && planned.length < wanted; tries += 1) await sleep(25);
  await sleep(100);
  stop.abort();
  await watch;
  expect(errors).toEqual([]);
  return planned;
}

describe("alerts over a book", () => {
  it("are typed, judged and handed to whoever delivers, once", async () => {
    // 35 after 37 is -5.41%.
    expect(await say("corretor1", "me avisa se PETR4 cair mais de 5%")).toContain("-5,41%");
    await say("corretor1", "me avisa de proventos");
    await say("corretor2", "alertas padrão");
    const planned = await watched(1);
    expect(planned.map(({ owner }) => owner)).toEqual(["corretor1"]);
    const asker = await book.access.again("corretor1");
    const [notice] = planned;
    if (asker === null || notice === undefined) throw new Error("it was planned");
    const composed = await book.alerts.compose(notice.payload, asker);
    const text = "messages" in composed ? composed.messages.map((message) => message.text).join() : "";
    expect(text).toContain("PETR4 caiu 5,41% no dia: R$ 35,00");
    expect(text).toMatch(/c1 +Ana Souza +3\.500,00 +-200,00/);
    expect(text).toMatch(/PETR4 +19\/11\/2026 +0,47 +1 +47,00/);
    expect(text).not.toContain("VALE3");
    expect(await watched(0)).toEqual([]);
  });

  it("are judged again when a rule or a price is new", async () => {
    expect(await watched(0)).toEqual([]);
    await say("corretor1", "me avisa se PETR4 cair abaixo de R$ 34");
    expect(await watched(0)).toEqual([]);
    await drop("novos.csv", "data;ativo;preco", "19/11/2026;PETR4;33,50");
    expect(await watched(1)).toHaveLength(1);
    expect(await say("corretor1", "alertas")).toContain("disparado");
  });

  it("are asked for by the audit's words", async () => {
    await say("corretor1", "me avisa se a carteira da Ana perder 2%");
    await say("corretor1", "apagar alerta 9");
    await say("corretor1", "me avisa se a carteira do Caio perder 2%");
    const turns = await book.state.audit.latest(10);
    const told = turns
      .filter(({ intent }) => intent.startsWith("alert_"))
      .map(({ intent, client, outcome }) => [intent, client, outcome]);
    expect(new Set(told.map((turn) => turn.join(" ")))).toEqual(
      new Set(["alert_create c1 ok", "alert_delete  not_found", "alert_create  not_found"]),
    );
  });
});
