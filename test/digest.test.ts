import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, toSlack } from "../bots/slack/blocks.ts";
import { checkBlocks, checkMessage } from "../bots/slack/check-blocks.testing.ts";
import { cardOf } from "../bots/teams/card.ts";
import { cardProblems } from "../bots/teams/check-card.testing.ts";
import { createDigests, DIGEST_SECTIONS } from "../reports/digest/digest.ts";
import { DIGEST_BOOK } from "../reports/digest/digest-book.testing.ts";
import { openTestBook } from "../src/answers/book.testing.ts";
import { DEFAULT_HOURS } from "../src/market/hours.ts";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/** The digest from files to the page, and its messages in the channels. */

const NOW = () => new Date("2026-03-31T21:30:00Z");

let line: CommandLine;
beforeAll(async () => {
  line = await openCommandLine(NOW);
  const files = [
    line.write("clientes.csv", [
      "cliente;nome;corretor",
      "cliente1;Ana Souza;corretor1",
      "cliente2;Bia Lima;corretor1",
      "cliente9;Caio Segredo;corretor2",
    ]),
    line.write("operacoes.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;valor;indexador;taxa_juros;vencimento",
      "cliente1;02/01/2026;compra;PETR4;100;30,00;BRL;0;;;;",
      "cliente1;02/01/2026;compra;VALE3;50;60,00;BRL;0;;;;",
      "cliente2;02/01/2026;compra;PETR4;10;30,00;BRL;0;;;;",
      "cliente2;02/01/2026;compra;CDB BANCO A;1;1000,00;BRL;0;;PRE;12;15/04/2026",
      "cliente1;31/03/2026;dividendo;VALE3;;;BRL;0;80,00;;;",
      "cliente9;02/01/2026;compra;PETR4;7000;30,00;BRL;0;;;;",
    ]),
    line.write("precos.csv", [
      "data;ativo;preco;moeda",
      "02/01/2026;PETR4;30;BRL",
      "30/03/2026;PETR4;34;BRL",
      "31/03/2026;PETR4;35;BRL",
      "02/01/2026;VALE3;60;BRL",
      "30/03/2026;VALE3;59;BRL",
      "31/03/2026;VALE3;58;BRL",
      "02/01/2026;CDI;0,05;",
      "30/03/2026;CDI;0,05;",
      "02/01/2026;IBOV;150000;",
      "30/03/2026;IBOV;160000;",
      "31/03/2026;IBOV;161600;",
    ]),
    line.write("ativos.csv", ["ativo;nome;classe;moeda", "CDB BANCO A;CDB Banco A;cdb;BRL"]),
    line.write("eventos.csv", [
      "ativo;data;tipo;fator;situacao;valor",
      "PETR4;06/04/2026;provento;;confirmado;0,75",
      "PETR4;13/04/2026;provento;;recusado;9",
      "VALE3;16/03/2026;provento;;confirmado;1,60",
    ]),
  ];
  const { code, out, err } = await line.carteira("ingest", ...files, "--as", "admin");
  expect(code, out + err).toBe(0);
});
afterAll(() => line.remove());

describe("npx carteira digest", () => {
  it("tells the day of the asker's clients, from files to words", async () => {
    const { code, out, err } = await line.carteira("digest", "--as", "corretor1");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    // PETR4 110 x (35 - 34) = 110, VALE3 50 x (58 - 59) = -50, and the CDB's accrual of a day.
    expect(out).toMatch(
      /^Fechamento de 31\/03 · R\$ 7\.7\d\d,\d\d · hoje \+0,\d\d% \(\+R\$ 60,4\d\) · IBOV \+1,00%\n/,
    );
    expect(out).toContain("Clientes: mais ajudaram: Ana Souza +R$ 50,00, Bia Lima +R$ 10,4");
    // 110 PETR4 are to get 0.75 each; VALE3's of the 16th was paid on the 31st, and what was rejected is none.
    expect(out).toMatch(/PETR4 +06\/04\/2026 +R\$ 0,75 +110 +R\$ 82,50/);
    expect(out).not.toMatch(/13\/04\/2026|16\/03\/2026/);
    expect(out).toContain("Só anunciado");
    expect(out).toMatch(/15\/04\/2026 +cliente2 +Bia Lima +CDB BANCO A +R\$ 1\.0/);
    expect(out).toContain("R$ 80,00 no pregão");
    expect(out).not.toMatch(/Segredo|cliente9|undefined|null|NaN/);
    expect(out.match(/cotações de/g)).toHaveLength(1);
  });

  it("says the value and the change that ask says", async () => {
    const { out } = await line.carteira("digest", "--as", "corretor1");
    const asked = await line.carteira("ask", "total sob gestão", "--as", "corretor1");
    const [, value = "", change = ""] =
      /: (R\$ \S+) em 2 clientes · (hoje \S+ \(\S+ \S+\))/.exec(asked.out) ?? [];
    expect(out).toContain(` · ${value} · ${change} · `);
  });

  it("tells one client, some sections, a morning, and in English", async () => {
    const { out } = await line.carteira(
      "digest",
      "--as",
      "corretor1",
      "--client",
      "cliente1",
      "--lang",
      "en",
    );
    expect(out).toMatch(/^Ana Souza · cliente1 · Close of 31 Mar · R\$ 6,400\.00 · today \+0\.79%/);
    expect(out).not.toMatch(/Bia|pregão/);
    const few = await line.carteira("digest", "--as", "corretor1", "--sections", "assets");
    expect(few.out).toContain("Ativos por efeito");
    expect(few.out).not.toMatch(/Alocação|Proventos|Clientes/);
    const morning = await line.carteira(
      "digest",
      "--as",
      "corretor1",
      "--moment",
      "open",
      "--at",
      "2026-03-31",
    );
    expect(morning.out).toMatch(/^Antes do pregão de 31\/03 · R\$ \S+ · em 30\/03 /);
    const past = await line.carteira("digest", "--as", "corretor1", "--at", "2026-03-29");
    expect(past.out).toContain("Sem pregão em 29/03");
  });

  it("writes a page with its pictures, which asks for nothing", async () => {
    const { code, err } = await line.carteira("digest", "--as", "corretor1", "--out", "resumo");
    const folder = join(line.home, "..", "resumo");
    expect({ code, err: err.trim() }).toEqual({
      code: 0,
      err: `Página e figuras gravadas: ${join(folder, "digest.html")}`,
    });
    const names = readdirSync(folder).sort();
    const html = readFileSync(join(folder, "digest.html"), "utf8");
    const pictures = names.filter((name) => /^digest-\d+\.png$/.test(name));
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    expect(names).toHaveLength(2 * pictures.length + 1);
    expect(html.match(/<img [^>]*alt="[^"]+"/g)).toHaveLength(pictures.length);
    for (const name of pictures) {
      expect(html).toContain(readFileSync(join(folder, name)).toString("base64"));
    }
    expect(html.replaceAll(/data:image\/png;base64,[\w+/=]+/g, "")).not.toMatch(/https?:|src="(?!")[^"]/);
  });

  it.each<readonly [number, string, readonly string[]]>([
    [1, "Não encontrei", ["--as", "corretor1", "--client", "cliente9"]],
    [1, "Não encontrei", ["--as", "corretor1", "--client", "ninguem"]],
    [1, "ninguem", ["--as", "ninguem"]],
    [1, "é um arquivo", ["--as", "corretor1", "--out", "precos.csv"]],
    [2, "--as", []],
    [2, "open, close", ["--as", "corretor1", "--moment", "noon"]],
    [2, "returns, clients", ["--as", "corretor1", "--sections", "returns,nada"]],
    [2, "2026-11-20", ["--as", "corretor1", "--at", "ontem"]],
    [2, "extra", ["extra", "--as", "corretor1"]],
  ])("ends with %i and says %s: %j", async (exit, says, args) => {
    const { code, out, err } = await line.carteira("digest", ...args);
    expect({ code, out }).toEqual({ code: exit, out: "" });
    expect(err).toContain(says);
  });

  it("is told of in the help and kept in the audit", async () => {
    const help = await line.carteira("digest", "--help");
    expect(help.out).toMatch(/Exemplos:\n(.*\n)*.*npx carteira digest/);
    const audit = await line.carteira("audit", "--json");
    expect(audit.out).toContain('"digest"');
  });
});

describe("a digest's messages", () => {
  it.each(["pt", "en"] as const)("fit Slack's blocks and Teams' cards in %s", async (language) => {
    const book = await openTestBook(DIGEST_BOOK);
    const digests = createDigests({
      answers: book.answers,
      now: () => new Date("2026-11-19T22:00:00Z"),
      hours: DEFAULT_HOURS,
      rejected: async () => [{ fileName: "a & b.csv", rejected: 2, receivedAt: "2026-11-19T12:00:00Z" }],
      alerts: async () => [{ at: "2026-11-19T15:00:00Z", text: "PETR4 > 9 *agora* <@U1>" }],
    });
    for (const client of [null, "ana", "bia"]) {
      const asked = { brokers: ["corretor1"], sections: DIGEST_SECTIONS, moment: "now", at: null } as const;
      const digest = await digests.compose({ ...asked, language, client });
      expect(digest?.messages.length).toBeGreaterThan(5);
      for (const message of digest?.messages ?? []) {
        expect(checkBlocks(blocksOf(message)), message.headline).toEqual([]);
        for (const sent of toSlack(message)) expect(checkMessage(sent), message.headline).toEqual([]);
        expect(cardProblems(cardOf(message, { language, pictures: new Map() })), message.headline).toEqual(
          [],
        );
      }
    }
    await book.close();
  });
});
