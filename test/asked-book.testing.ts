import { expect } from "vitest";
import { type CommandLine, openCommandLine } from "./command-line.testing.ts";

/** A small book for questions; its clock stands after the close of Tuesday 2026-03-31. */

export interface Answer {
  readonly status: string;
  readonly question: Readonly<Record<string, unknown>>;
  readonly asOf: string | null;
  readonly sources: readonly Readonly<Record<string, unknown>>[];
  readonly stale: readonly Readonly<Record<string, unknown>>[];
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly text: string;
}

/** Makes the book; the caller removes it. */
export async function openAskedBook(
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandLine> {
  const line = await openCommandLine(() => new Date("2026-03-31T21:30:00Z"), environment);
  const files = [
    line.write("clientes.csv", [
      "cliente;nome;corretor;moeda_base",
      "cliente1;Ana Souza;corretor1;",
      "cliente2;Bia Lima;corretor1;USD",
      "cliente3;Bia Prado;corretor1;",
      "cliente4;Davi Rocha;corretor1;",
      "cliente9;Caio Reis;corretor2;",
    ]),
    line.write("operacoes.csv", [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;valor",
      "cliente1;02/01/2026;compra;PETR4;100;30,00;BRL;10,00;",
      "cliente1;02/01/2026;compra;HGLG11;10;150,00;BRL;0;",
      "cliente1;02/02/2026;compra;AAPL;10;200,00;USD;1,00;",
      "cliente1;10/02/2026;rendimento;HGLG11;;;BRL;0;11,00",
      "cliente1;02/03/2026;venda;PETR4;40;33,00;BRL;4,00;",
      "cliente2;02/02/2026;compra;AAPL;10;200,00;USD;0;",
      "cliente2;02/02/2026;compra;PETR4;100;31,00;BRL;0;",
      "cliente3;02/03/2026;venda;VALE3;50;60,00;BRL;0;",
      "cliente4;02/03/2026;transferencia_entrada;BBAS3;100;;BRL;0;",
      "cliente9;02/03/2026;compra;PETR4;7;30,00;BRL;0;",
    ]),
    line.write("custodia.csv", [
      "cliente;data;ativo;quantidade;preco_medio;moeda",
      "cliente4;02/03/2026;DEB-SEM-PRECO;5;;BRL",
    ]),
    line.write("precos.csv", [
      "data;ativo;preco;moeda",
      ...[
        "02/01/2026;PETR4;30",
        "02/02/2026;PETR4;31",
        "02/03/2026;PETR4;33",
        "30/03/2026;PETR4;34",
        "31/03/2026;PETR4;35",
      ],
      ...["02/01/2026;HGLG11;150", "31/03/2026;HGLG11;155"],
      ...["02/02/2026;AAPL;200", "31/03/2026;AAPL;210"],
      ...["02/03/2026;VALE3;60", "31/03/2026;VALE3;58"],
      ...["02/03/2026;BBAS3;25", "10/03/2026;BBAS3;26"],
      ...["02/01/2026;USDBRL;5", "02/02/2026;USDBRL;5,00", "31/03/2026;USDBRL;5,50"],
      ...["02/01/2026;CDI;0,05", "30/03/2026;CDI;0,05", "02/01/2026;IBOV;150000", "31/03/2026;IBOV;165000"],
      ...["01/01/2026;IPCA;0,33", "01/02/2026;IPCA;0,70"],
    ]),
  ];
  const { code, out } = await line.carteira("ingest", ...files, "--as", "admin");
  expect(code, out).toBe(0);
  return line;
}

/** Asks as `corretor1`, and checks what holds of every answer. */
export async function askOf(line: CommandLine, text: string, ...options: readonly string[]): Promise<Answer> {
  const { code, out, err } = await line.carteira("ask", text, "--as", "corretor1", "--json", ...options);
  expect({ code, err }, text).toEqual({ code: 0, err: "" });
  const answer = JSON.parse(out) as Answer;
  expect(Object.keys(answer)).toEqual(["status", "question", "asOf", "sources", "stale", "data", "text"]);
  expect(Object.keys(answer.question)).toEqual([
    "intent",
    "client",
    "asset",
    "period",
    "benchmark",
    "direction",
    "limit",
  ]);
  expect(answer.text).not.toMatch(/undefined|NaN|null|\[object|Infinity/);
  expect(answer.text.trim()).not.toBe("");
  expectPlain(answer, "answer");
  return answer;
}

/** Counts are the only numbers; amounts are decimal strings, without exponents, `-0` and superfluous zeros. */
const COUNTS = /\.(limit|delayMinutes|unpriced|clients|more|sessions|skippedSessions|warnings|rowNumber)$/;
function expectPlain(value: unknown, path: string): void {
  if (typeof value === "number") {
    expect(path).toMatch(COUNTS);
    expect(Number.isInteger(value), path).toBe(true);
  } else if (
    typeof value === "string" &&
    /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(value) &&
    !/^\d{4}$/.test(value)
  ) {
    expect(value, path).toMatch(/^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/);
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) expectPlain(item, `${path}[${at}]`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) expectPlain(item, `${path}.${key}`);
  }
}
