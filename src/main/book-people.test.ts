import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../config.ts";
import type { PersonDetails } from "../state/index.ts";
import { type Book, openBook } from "./book.ts";
import { REAL_HOME } from "./home.ts";
import { type ClosableShell, createShell } from "./shell.ts";
import { wordsOf } from "./words/words.ts";

/** People of a channel over a whole book, as a channel meets it. */

let folder: string;
let shell: ClosableShell;
let book: Book;
let events = 0;

async function open(settings: Record<string, string> = {}): Promise<void> {
  const silent = { write: () => true };
  const io = {
    stdout: silent,
    stderr: silent,
    environment: {},
    workingFolder: folder,
    now: () => new Date("2026-11-23T22:00:00Z"),
    stop: new AbortController().signal,
  };
  const config = readConfig({ CARTEIRA_HOME: "book", ...settings }, folder);
  shell = createShell(io, { config, words: wordsOf("pt"), language: undefined });
  book = await openBook(shell, REAL_HOME);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "book-people-"));
});

afterEach(async () => {
  await shell.close();
  await rm(folder, { recursive: true });
});

const ADMIN = "slack:T1:U1";
const ANA = "slack:T1:U2";

const letIn = (who: string, person: Partial<PersonDetails> & Pick<PersonDetails, "id">) =>
  book.state.people.save([
    { person: { name: person.id, role: "broker", brokers: [], language: null, ...person }, links: [who] },
  ]);

async function drop(who: string, fileName: string, ...lines: readonly string[]): Promise<string> {
  events += 1;
  const body = Readable.from([lines.map((line) => `${line}\n`).join("")]);
  const turn = { eventId: `f${events}`, who, place: "slack:D1", fileName, body, clientId: null };
  return (await book.conversation.drop(turn, () => {}))?.message.text ?? "";
}

async function say(who: string, text: string): Promise<string> {
  events += 1;
  const reply = await book.conversation.say({ eventId: `e${events}`, who, place: "slack:D1", text });
  return reply?.message.text ?? "";
}

const OPERATIONS = "cliente;data;tipo;ativo;quantidade;preco";

describe("people over a book", () => {
  it("load for their own clients and take back their own files, whoever has the same name here", async () => {
    await open();
    await letIn(ADMIN, { id: "eva", role: "admin" });
    await drop(
      ADMIN,
      "clientes.csv",
      "cliente;nome;corretor",
      "c1;Ana Souza;corretor1",
      "c2;Caio Lima;corretor2",
    );
    // The person has the id of the broker whose clients they may not see.
    await letIn(ANA, { id: "corretor2", brokers: ["corretor1"] });
    await drop(ANA, "minhas.csv", OPERATIONS, "c1;19/11/2026;compra;PETR4;100;37,00");
    await drop(ANA, "alheias.csv", OPERATIONS, "c2;19/11/2026;compra;VALE3;100;37,00");
    await drop(ANA, "clientes.csv", "cliente;nome;corretor", "c2;Caio Lima;corretor1");

    const uploads = await book.state.uploads.list(10);
    expect(uploads.map(({ fileName, userId, status }) => [fileName, userId, status])).toEqual([
      ["clientes.csv", "person:corretor2", expect.not.stringMatching("^active$")],
      ["alheias.csv", "person:corretor2", "not_promoted"],
      ["minhas.csv", "person:corretor2", "active"],
      ["clientes.csv", "person:eva", "active"],
    ]);
    expect(await say(ANA, "carteira de c1")).toContain("PETR4");
    expect(await say(ANA, "carteira de c2")).not.toContain("Caio");
    expect(await say("corretor2", "carteira de c1")).not.toContain("PETR4");

    const mine = uploads[2]?.id ?? "";
    expect(await say("corretor2", `desfazer ${mine}`)).toContain("Não encontrei o envio");
    await book.state.people.unlink(ANA);
    expect(await say(ANA, `desfazer ${mine}`)).toContain("Ainda não sei quem você é");
    await book.state.people.link("corretor2", ANA);
    expect(await say(ANA, `desfazer ${mine}`)).toContain("desfeito");
  });

  it("send a stranger to the admins who are let in, or to whom the setting names", async () => {
    await open();
    const stranger = () => say("teams:tenant:stranger", "lista de clientes");
    expect(await stranger()).toContain("fale com quem administra a Carteira.");
    await letIn(ADMIN, { id: "eva", name: "Eva Prado", role: "admin" });
    await letIn(ANA, { id: "ana", name: "Ana Souza", brokers: ["corretor1"] });
    expect(await stranger()).toContain("fale com Eva Prado.");
    await book.state.people.remove("eva");
    expect(await stranger()).toContain("fale com quem administra a Carteira.");
    await shell.close();
    await open({ CARTEIRA_CONTACT: "a TI, ramal 123" });
    expect(await stranger()).toContain("fale com a TI, ramal 123.");
  });

  it("are held to the limits that are set", async () => {
    await open({ CARTEIRA_TURNS_PER_MINUTE: "2", CARTEIRA_UPLOADS_PER_MINUTE: "1" });
    await letIn(ADMIN, { id: "eva", role: "admin" });
    expect(await say(ADMIN, "ajuda")).not.toContain("demais");
    expect(await say(ADMIN, "ajuda")).not.toContain("demais");
    expect(await say(ADMIN, "ajuda")).toContain("perguntas demais");
    expect(await say(ADMIN, "ajuda")).toBe("");
    await drop(ANA, "a.csv", "x");
    expect(await drop(ANA, "a.csv", "x")).toContain("arquivos demais");
    const refused = (await book.state.audit.latest(10)).filter(({ outcome }) => outcome === "refused");
    expect(refused).toHaveLength(4);
  });
});
