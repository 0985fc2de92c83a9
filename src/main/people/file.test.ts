import { describe, expect, it } from "vitest";
import { wordsOf } from "../words/words.ts";
import { readPeopleFile } from "./file.ts";

const HEADER = "pessoa;nome;papel;corretores;idioma;slack;teams";
const read = (...lines: readonly string[]) =>
  readPeopleFile(new TextEncoder().encode(lines.join("\r\n")), wordsOf("pt"));

describe("a file of people", () => {
  it("is read with its roles, several brokers and several users", () => {
    const { rows, issues } = read(
      `\uFEFF${HEADER}`,
      'ana.souza;"Souza; Ana ""Aninha""";Corretor;corretor1;en;slack:T1:U1;',
      "",
      "Rui;Rui Lima;gestor;corretor1 | corretor2|corretor1;;T1:U2|t1:u3;teams:tenant:rui",
      "eva;Eva;admin;;;;",
      "gil;Gil;broker;mesa:sul",
    );
    expect(issues).toEqual([]);
    expect(rows).toEqual([
      {
        line: 2,
        person: {
          id: "ana.souza",
          name: 'Souza; Ana "Aninha"',
          role: "broker",
          brokers: ["corretor1"],
          language: "en",
        },
        slack: ["slack:T1:U1"],
        teams: null,
      },
      {
        line: 4,
        person: {
          id: "rui",
          name: "Rui Lima",
          role: "manager",
          brokers: ["corretor1", "corretor2"],
          language: null,
        },
        slack: ["slack:T1:U2", "slack:T1:U3"],
        teams: ["teams:tenant:rui"],
      },
      {
        line: 5,
        person: { id: "eva", name: "Eva", role: "admin", brokers: [], language: null },
        slack: null,
        teams: null,
      },
      {
        line: 6,
        person: { id: "gil", name: "Gil", role: "broker", brokers: ["mesa:sul"], language: null },
        slack: null,
        teams: null,
      },
    ]);
  });

  it("may be in English, in another order, and in Excel's encoding", () => {
    const text = "name;person;brokers;role\nJoão;joao;corretor1;manager\n";
    const bytes = Uint8Array.from([...text].map((one) => one.charCodeAt(0)));
    expect(readPeopleFile(bytes, wordsOf("en")).rows).toMatchObject([
      { person: { id: "joao", name: "João", role: "manager" } },
    ]);
  });

  it("says of each bad line why, all of them at once", () => {
    const { rows, issues } = read(
      HEADER,
      "Ana Souza;Ana;corretor;corretor1",
      "admin;Ana;admin;",
      "a;;corretor;corretor1",
      "b;Bia;dono;corretor1",
      "c;Caio;corretor;",
      "d;Davi;admin;corretor1",
      "e;Eva;corretor;corretor1;fr",
      "f;Fábio;corretor;corretor1;;@fabio",
      "g;Gil;corretor;corretor1;;;teams:so-um",
      'h;"Helena;corretor;corretor1',
      "i;Ivo;corretor;corretor1;;;;a mais",
      "j;João;constructor;corretor1",
      "k;Karla;corretor;corretor1",
    );
    expect(rows.map(({ person }) => person.id)).toEqual(["k"]);
    expect(issues.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    const reasons = issues.map(({ reason }) => reason);
    expect(new Set(reasons.map((reason) => reason.replace(/"[^"]*"/, ""))).size).toBe(10);
    expect(reasons[7]).toContain('"@fabio" não é um usuário de canal');
  });

  it.each([
    [[], "vazio"],
    [["pessoa;nome;papel"], 'falta a coluna "corretores"'],
    [["pessoa,nome,papel,corretores"], 'não conheço a coluna "pessoa,nome,papel,corretores"'],
    [["pessoa;nome;papel;corretores;nome"], 'a coluna "nome" aparece duas vezes'],
    [[HEADER, ...Array.from({ length: 10_001 }, () => "x;y")], "mais de 10000 linhas"],
  ])("says what is wrong with it as a whole", (lines, reason) => {
    const { rows, issues } = read(...lines);
    expect(rows).toEqual([]);
    expect(issues).toEqual([{ line: 1, reason: expect.stringContaining(reason) }]);
  });
});
