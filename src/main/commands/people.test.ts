import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openState } from "../../state/index.ts";
import { run } from "../cli.ts";
import { homePaths } from "../home.ts";

/** The commands about people and the audit over one small book, in the order in which somebody might give them. */

let folder: string;
let home: string;
let clockMs = Date.parse("2026-11-23T22:00:00Z");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "people-commands-"));
  home = join(folder, "book");
  await file("clientes.csv", "cliente;nome;corretor", "c1;Ana Souza;corretor1", "c2;Caio Lima;corretor2");
  await file("precos.csv", "data;ativo;preco;moeda", "23/11/2026;PETR4;40,00;BRL");
  await file(
    "operacoes.csv",
    "cliente;data;tipo;ativo;quantidade;preco",
    "c1;19/11/2026;compra;PETR4;100;37,00",
  );
  const loaded = await carteira("ingest", "clientes.csv", "precos.csv", "operacoes.csv", "--as", "admin");
  expect(loaded.exit, loaded.err).toBe(0);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const file = (name: string, ...lines: readonly string[]) =>
  writeFile(join(folder, name), lines.map((line) => `${line}\n`).join(""));

async function carteira(...args: string[]) {
  const written = { out: "", err: "" };
  const exit = await run([...args, "--home", home], {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    environment: {},
    workingFolder: folder,
    now: () => {
      clockMs += 1000;
      return new Date(clockMs);
    },
    stop: new AbortController().signal,
  });
  return { exit, ...written };
}

const people = (...args: string[]) => carteira("people", ...args);
const json = async (...args: string[]) => JSON.parse((await carteira(...args, "--json")).out);
const listed = async (): Promise<readonly Record<string, unknown>[]> => json("people", "list");
const ana = ["add", "ana", "--name", "Ana Souza", "--role", "corretor", "--broker", "corretor1"];

describe("people", () => {
  it("are nobody at first", async () => {
    expect((await people("list")).out).toContain("Ninguém tem acesso");
    expect(await listed()).toEqual([]);
  });

  it("are added, and the same again changes nothing", async () => {
    const added = await people(...ana);
    expect(added).toMatchObject({ exit: 0, out: "Ana Souza (ana) agora tem acesso.\n" });
    expect(added.err).toContain("npx carteira people link ana slack:");
    expect(added.err).not.toContain("Aviso");
    expect((await people(...ana)).out).toContain("nada mudou");
    expect(await listed()).toMatchObject([
      {
        id: "ana",
        name: "Ana Souza",
        role: "broker",
        brokers: ["corretor1"],
        language: null,
        links: [],
        removedAt: null,
      },
    ]);
  });

  it("are not taken for somebody else of the same code; --update changes them", async () => {
    const other = [
      "add",
      "ana",
      "--name",
      "Ana Lima",
      "--role",
      "manager",
      "--broker",
      "corretor1",
      "--broker",
      "mesa9",
    ];
    const refused = await people(...other);
    expect(refused).toMatchObject({ exit: 1, out: "" });
    expect(refused.err).toContain("Ana Souza");
    const changed = await people(...other, "--update", "--lang", "en");
    expect(changed).toMatchObject({ exit: 0, out: "Ana Lima (ana): changed.\n" });
    expect(changed.err).toContain('does not have the broker "mesa9" yet');
    expect(await listed()).toMatchObject([
      { role: "manager", brokers: ["corretor1", "mesa9"], language: "en" },
    ]);
    expect((await people(...ana, "--update")).exit).toBe(0);
  });

  it("are linked to users, each of whom is one person", async () => {
    await people("add", "rui", "--name", "Rui Lima", "--role", "admin");
    expect(await people("link", "ana", "slack:t012ab3cd:u045ef6gh")).toMatchObject({
      exit: 0,
      out: "slack:T012AB3CD:U045EF6GH agora é Ana Souza.\n",
    });
    expect((await people("link", "ana", "slack:T012AB3CD:U045EF6GH")).out).toContain("nada mudou");
    const taken = await people("link", "rui", "slack:T012AB3CD:U045EF6GH");
    expect(taken).toMatchObject({ exit: 1, out: "" });
    expect(taken.err).toContain('já é de "ana"');
    expect((await people("link", "ninguem", "slack:T1:U9")).err).toContain('Não há pessoa "ninguem"');
    expect((await people("link", "ana", "@ana")).err).toContain("slack:T012AB3CD:U045EF6GH");
    const { out } = await people("list");
    expect(out).toMatch(/^pessoa +nome +papel +corretores/);
    expect(out).toMatch(/\nrui +Rui Lima +admin +todos +— +— +ativa/);
  });

  it("lose their users when unlinked, and everything when removed, for good", async () => {
    expect((await people("unlink", "slack:T012AB3CD:U045EF6GH")).out).toContain('não é mais "ana"');
    expect((await people("unlink", "slack:T012AB3CD:U045EF6GH")).exit).toBe(1);
    await people("link", "ana", "slack:T1:U1");
    expect((await people("remove", "ana")).out).toContain("não tem mais acesso");
    expect((await people("remove", "ana")).exit).toBe(1);
    expect(await listed()).toMatchObject([
      { id: "ana", links: [], removedAt: expect.stringMatching(/^2026-11-23T/) },
      {},
    ]);
    expect((await people("list")).out).toContain("removida em 23/11/2026");
    const back = await people(...ana, "--update");
    expect(back).toMatchObject({ exit: 1 });
    expect(back.err).toContain("foi removida em 23/11/2026");
  });

  it.each([
    [[]],
    [["expulsar", "ana"]],
    [["add"]],
    [["add", "x", "--role", "admin"]],
    [["add", "x", "--name", "X"]],
    [["add", "x", "--name", "X", "--role", "dono"]],
    [["add", "x", "--name", "X", "--role", "corretor"]],
    [["add", "admin", "--name", "X", "--role", "admin"]],
    [["add", "person:x", "--name", "X", "--role", "admin"]],
    [["link", "x"]],
    [["list", "x"]],
    [["remove", "x", "y"]],
    [["import"]],
  ])("are not changed by bad usage: %j", async (args) => {
    const before = await listed();
    const { exit, out, err } = await people(...args);
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).not.toMatch(/undefined|\n\s+at /);
    expect(await listed()).toEqual(before);
  });
});

describe("a file of people", () => {
  it("is applied whole or not at all, and says what is wrong with each line", async () => {
    await file(
      "ruim.csv",
      "pessoa;nome;papel;corretores;idioma;slack;teams",
      "bia;Bia Reis;corretor;corretor1;;T1:U1;",
      "ana;Ana Souza;corretor;corretor1",
      "caio;Caio;corretor;corretor2;;T1:U1;",
      "bia;Bia de novo;corretor;corretor1",
      "davi;Davi;chefe;corretor1",
    );
    const before = await listed();
    const { exit, out, err } = await people("import", "ruim.csv");
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(err.trim().split("\n")).toEqual([
      expect.stringMatching(/^linha 3: "ana" foi removida/),
      'linha 4: slack:T1:U1 já é de "bia"; desvincule antes',
      'linha 5: "bia" já está em outra linha',
      expect.stringMatching(/^linha 6: "chefe" não é um papel/),
      "4 linhas não servem. Nada foi aplicado; corrija e importe de novo.",
    ]);
    expect(await listed()).toEqual(before);
  });

  it("can be applied again and again, and moves users between its people", async () => {
    const lines = (bia: string, caio: string) => [
      "pessoa;nome;papel;corretores;idioma;slack;teams",
      `bia;Bia Reis;corretor;corretor1;pt;${bia};teams:tenant:bia`,
      `caio;Caio Lima;gestor;corretor1|corretor8;;${caio};`,
    ];
    await file("pessoas.csv", ...lines("T1:U1", "T1:U2"));
    const first = await people("import", "pessoas.csv");
    expect(first).toMatchObject({ exit: 0, out: "Pessoas: 2 novas, 0 alteradas, 0 sem mudança.\n" });
    expect(first.err).toContain('"corretor8"');
    const applied = await listed();
    expect((await people("import", "pessoas.csv")).out).toContain("0 novas, 0 alteradas, 2 sem mudança");
    expect(await listed()).toEqual(applied);

    await people("link", "rui", "slack:T1:U3");
    await file("troca.csv", ...lines("T1:U2", "T1:U1"));
    expect((await people("import", "troca.csv")).out).toContain("0 novas, 2 alteradas, 0 sem mudança");
    await file("tomada.csv", ...lines("T1:U3", ""));
    expect((await people("import", "tomada.csv")).err).toContain('linha 2: slack:T1:U3 já é de "rui"');
    await file("vazia.csv", ...lines("", ""));
    expect((await people("import", "vazia.csv")).out).toContain("2 sem mudança");
    // Nor does an empty cell take back the language that somebody has chosen in a chat.
    const state = await openState(homePaths(home).state);
    await state.people.setLanguage("caio", "en");
    await state.close();
    expect((await people("import", "vazia.csv")).out).toContain("2 sem mudança");
    expect((await listed()).find(({ id }) => id === "caio")).toMatchObject({ language: "en" });
    expect((await listed()).map(({ id, links }) => [id, links])).toEqual([
      ["ana", []],
      ["bia", ["slack:T1:U2", "teams:tenant:bia"]],
      ["caio", ["slack:T1:U1"]],
      ["rui", ["slack:T1:U3"]],
    ]);
  });

  it("that cannot be read is bad input", async () => {
    expect(await people("import", "nada.csv")).toMatchObject({ exit: 1, out: "" });
    await file("grande.csv", "pessoa;nome;papel;corretores", "x".repeat(5 * 1024 * 1024));
    expect((await people("import", "grande.csv")).err).toContain("grande demais");
  });
});

describe("the audit", () => {
  it("lists who asked what about whom, with no word and no amount of it", async () => {
    await carteira("ask", "quanto vale PETR4 de c1?", "--as", "corretor1");
    await carteira("ask", "carteira de c2", "--as", "corretor2", "--at", "2026-11-23");
    const entries = await json("audit", "--who", "corretor1");
    expect(entries).toEqual([
      {
        at: expect.stringMatching(/^2026-11-23T/),
        who: "corretor1",
        person: null,
        channel: "cli",
        place: expect.stringMatching(/^cli:/),
        intent: "holding",
        client: "c1",
        outcome: "ok",
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/4\.?000|quanto/);
    const { out } = await carteira("audit", "--client", "c1");
    expect(out).toMatch(/^quando +quem +pessoa +de onde +assunto +cliente +resultado\n/);
    expect(out).toMatch(/corretor1 +— +cli +holding +c1 +respondido/);
    expect(out).not.toContain("c2");
  });

  it("finds a person by code and by user, and the trail of who was let in", async () => {
    const state = await openState(homePaths(home).state, () => new Date(clockMs));
    const entry = { place: "slack:D1", intent: "portfolio", client: "c1", outcome: "ok", channel: "slack" };
    await state.audit.record({ ...entry, who: "slack:T1:U2", person: "bia" });
    await state.close();
    for (const who of ["bia", "person:bia", "slack:t1:u2"]) {
      expect(await json("audit", "--who", who)).toMatchObject([{ who: "slack:T1:U2", person: "bia" }]);
    }
    const trail: { intent: string; place: string }[] = await json("audit", "--who", "admin");
    expect(trail.map(({ intent, place }) => `${intent} ${place}`)).toEqual(
      expect.arrayContaining([
        "people_add cli:people:ana",
        "people_link cli:people:ana",
        "people_remove cli:people:ana",
      ]),
    );
  });

  it("says whose access was changed", async () => {
    expect((await carteira("audit", "--who", "admin")).out).toMatch(
      /admin +— +cli +people_remove ana +— +respondido/,
    );
  });

  it("is cut to a number and a day", async () => {
    const cut = await carteira("audit", "--limit", "2");
    expect(cut.out.trim().split("\n")).toHaveLength(3);
    expect(cut.err).toContain("Só os 2 mais recentes");
    expect(await json("audit", "--since", "24/11/2026")).toEqual([]);
    expect((await json("audit", "--since", "2026-11-23")).length).toBeGreaterThan(2);
    expect((await carteira("audit", "--since", "24/11/2026")).out).toBe("Nada no registro.\n");
    expect((await carteira("audit", "--since", "ontem")).exit).toBe(2);
    expect((await carteira("audit", "tudo")).exit).toBe(2);
  });

  it("is never told that a person or a channel's user spoke on the command line", async () => {
    await people("link", "rui", "slack:T9:U9");
    for (const as of ["slack:T9:U9", "person:rui"]) {
      for (const args of [
        ["ask", "carteira de c1"],
        ["findings"],
        ["explain", "c1", "PETR4"],
        ["ingest", "operacoes.csv"],
      ]) {
        expect(await carteira(...args, "--as", as)).toMatchObject({ exit: 1, out: "" });
      }
      expect(await json("audit", "--who", as)).toEqual([]);
    }
  });
});
