import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Browser, eventsOf } from "../../bots/console/console.testing.ts";
import { generateDemo } from "../../src/main/demo/demo.ts";
import { type AwsStage, openAwsStage } from "./aws-stage.testing.ts";
import { traceOf } from "./aws-trace.testing.ts";
import { type Program, start } from "./service.testing.ts";

/** One file from a broker's chat to the next answer, through everything that lies between them on AWS. */

const PYTHON = process.env["CARTEIRA_GLUE_PYTHON"] ?? "";
const TIMEOUT_MS = 15 * 60_000;
const BOOK = { seed: 2026, clients: 6, start: "2025-10-01", today: "2026-03-31" } as const;
/** The first two are of the speed layer, the others of the batch layer. */
const QUESTIONS = [
  "/carteira cliente123",
  "/carteira cliente123 WEGE3",
  "quanto rendeu cliente123 em 2026?",
  "risco de cliente123 em 2026",
  "ranking de clientes em 2026",
  "operações de cliente123 em março de 2026",
];
const FILE = "do-chat.csv";
const ROWS = [
  "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;id",
  ...[10, 11, 12, 13, 16].map(
    (day) => `cliente123;${day}/03/2026;compra;WEGE3;100;40,25;BRL;1,50;chat-${day}`,
  ),
  "cliente123;31/02/2026;compra;WEGE3;1;40,00;BRL;0,00;chat-errada",
];

let stage: AwsStage;
let aws: Readonly<Record<string, string>>;
let alone: Readonly<Record<string, string>>;
let service: Program | null = null;

beforeAll(async () => {
  stage = await openAwsStage(PYTHON);
  aws = { ...stage.settings, CARTEIRA_HOME: join(stage.folder, "task") };
  alone = { CARTEIRA_HOME: join(stage.folder, "alone") };
}, TIMEOUT_MS);

afterAll(async () => {
  await service?.stop();
  await stage?.stop();
}, TIMEOUT_MS);

/** Writes the files of a book, and gives their paths. */
async function filesOfBook(): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { fileName, body } of generateDemo(BOOK)) {
    const path = join(stage.folder, fileName);
    await writeFile(path, (await body.toArray()).join(""));
    paths.push(path);
  }
  return paths;
}

async function carteira(
  settings: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<string> {
  const program = start(args, stage.folder, settings);
  await program.ended;
  return program.said();
}

/** Drops a file into the web chat as a broker; gives what the page was told. */
async function drop(origin: string, content: string): Promise<readonly string[]> {
  const browser = new Browser(origin);
  await browser.open();
  await browser.post("/settings", new URLSearchParams({ broker: "corretor1" }));
  const { talk } = await browser.open();
  const answer = await browser.upload(content, talk, { "x-file-name": FILE });
  return eventsOf(await answer.text());
}

describe("a file that a broker drops into the chat", () => {
  it("is checked, loaded, published once and answered from, as on one machine", {
    timeout: TIMEOUT_MS,
  }, async () => {
    // As a task by itself, before there is any book.
    await carteira(aws, "people", "add", "eva.prado", "--name", "Eva Prado", "--role", "admin");
    expect(await carteira(aws, "people", "list")).toContain("Eva Prado");
    service = start(["serve"], stage.folder, {
      ...aws,
      CARTEIRA_HOME: join(stage.folder, "service"),
      PORT: "0",
    });
    const origin = /http:\S+\d/.exec(await service.until(/Carteira em http:\/\/localhost:\d+/))?.[0] ?? "";
    const paths = await filesOfBook();
    const both = await Promise.all(
      [aws, alone].map((at) => carteira(at, "ingest", ...paths, "--as", "admin")),
    );
    expect(outcomeOf(both[0])).toContain("linhas carregadas");
    expect(outcomeOf(both[0])).toEqual(outcomeOf(both[1]));

    const dropped = new Date();
    const told = await drop(origin, ROWS.join("\n"));
    const answered = new Date();
    expect(told.at(-1)).toMatch(/5 linhas|Carregadas/);
    await writeFile(join(stage.folder, FILE), ROWS.join("\n"));
    await carteira(alone, "ingest", join(stage.folder, FILE), "--as", "corretor1");

    const calls = [stage.athena.service, stage.redshift.service].map(({ calls: all }) => all.length);
    for (const question of QUESTIONS) {
      const answers = [aws, alone].map((at) => carteira(at, "ask", question, "--as", "corretor1"));
      const [there, here] = await Promise.all(answers);
      expect(there, question).toEqual(here);
      expect(there, question).toMatch(/R\$|%/);
    }
    expect(stage.athena.service.calls.length).toBeGreaterThan(calls[0] ?? 0);
    expect(stage.redshift.service.calls.length).toBeGreaterThan(calls[1] ?? 0);
    expect(await carteira(aws, "ask", "/carteira cliente123", "--as", "corretor2")).toMatch(/^Não encontrei/);

    // Each event came twice, and each run of the job once.
    expect(stage.bus.dead).toEqual([]);
    expect(stage.sparkMs).toHaveLength(2);
    const trace = await traceOf(stage, { file: FILE, told, dropped, answered });
    expect(trace.steps).toEqual([
      "arrived",
      "run_claimed",
      "staged",
      "job_started",
      "job_succeeded",
      "loaded_redshift",
      "quotes_published",
      "gold_published",
      "settled",
    ]);
    console.info(trace.text);
  });
});

/** What is said of the files, without the steps on the way there and the names of uploads, which differ between two books. */
function outcomeOf(text: string | undefined): string {
  const [, outcome = ""] = /\n(\d+ arquivos recebidos\n.*)$/s.exec(text ?? "") ?? [];
  return outcome.replaceAll(/\b\d{8}-[0-9a-f]{8}\b/g, "<upload>");
}
