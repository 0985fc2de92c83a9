import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Browser, eventsOf } from "../../bots/console/console.testing.ts";
import { generateDemo } from "../../src/main/demo/demo.ts";
import { type AwsStage, openAwsStage } from "./aws-stage.testing.ts";
import { type Program, start } from "./service.testing.ts";

/** One file from a broker's chat to the next answer, through everything that lies between them on AWS. */

const PYTHON = process.env["CARTEIRA_GLUE_PYTHON"];
const TIMEOUT_MS = 15 * 60_000;
const DEMO = { seed: 2026, clients: 6, start: "2025-10-01", today: "2026-03-31" } as const;
const QUESTIONS = [
  "/carteira cliente123",
  "quanto rendeu cliente123 em 2026?",
  "ranking de clientes em 2026",
];
const OPERATION =
  "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;id\ncliente123;30/03/2026;compra;WEGE3;100;40,25;BRL;1,50;do-chat\ncliente123;31/02/2026;compra;WEGE3;1;40;BRL;0;errada\n";

/** What happened, when, and where it is told from. */
interface Line {
  readonly at: Date;
  readonly where: string;
  readonly what: string;
}

describe("a file that a broker drops into the chat", () => {
  let stage: AwsStage;
  let embedded: string;
  let service: Program | null = null;
  const paths: string[] = [];

  beforeAll(async () => {
    stage = await openAwsStage(PYTHON ?? "");
    embedded = join(stage.folder, "embedded");
    for (const { fileName, body } of generateDemo(DEMO)) {
      const path = join(stage.folder, fileName);
      await writeFile(path, (await body.toArray()).join(""));
      paths.push(path);
    }
  }, TIMEOUT_MS);
  afterAll(async () => {
    await service?.stop();
    await stage?.stop();
  }, TIMEOUT_MS);

  const carteira = async (settings: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const program = start(args, stage.folder, settings);
    await program.ended;
    return program.said();
  };

  it("is checked, loaded, published once, and answered from, as it is on one machine", {
    timeout: TIMEOUT_MS,
  }, async () => {
    const aws = { ...stage.settings, CARTEIRA_HOME: join(stage.folder, "home") };
    const alone = { CARTEIRA_HOME: embedded };
    service = start(["serve"], stage.folder, { ...aws, PORT: "0" });
    const origin = /http:\S+\d/.exec(await service.until(/Carteira em http:\/\/localhost:\d+/))?.[0] ?? "";
    expect(await carteira(aws, "ingest", ...paths)).not.toMatch(/recusad|falhou/);
    await carteira(alone, "init", "--offline", ...paths).catch(() => "");

    const browser = new Browser(origin);
    await browser.open();
    await browser.post("/settings", new URLSearchParams({ broker: "corretor1" }));
    const { talk } = await browser.open();
    const dropped = new Date();
    const answer = await browser.upload(OPERATION, talk);
    const events = eventsOf(await answer.text());
    expect(events.at(-1)).toContain("WEGE3");
    console.info(events.at(-1));
    await trace(stage, dropped).then((lines) => console.info(lines));
    for (const question of QUESTIONS) console.info(await carteira(aws, "ask", question, "--as", "corretor1"));
  });
});

async function trace(stage: AwsStage, since: Date): Promise<string> {
  const lines: Line[] = [];
  const { Contents = [] } = await stage.s3.send(new ListObjectsV2Command({ Bucket: stage.bucket }));
  for (const { Key = "", LastModified } of Contents) {
    if (LastModified !== undefined && LastModified >= since)
      lines.push({ at: LastModified, where: "s3", what: Key });
  }
  for (const text of stage.lambda.logged()) lines.push({ at: since, where: "lambda", what: text });
  return lines.map(({ at, where, what }) => `${at.toISOString()} ${where.padEnd(8)} ${what}`).join("\n");
}
