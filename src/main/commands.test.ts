import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openState } from "../state/index.ts";
import { run } from "./cli.ts";
import { homePaths } from "./home.ts";

/** The commands over one small book, in the order in which somebody might give them. */

let folder: string;
let home: string;
/** Moves on with every look at the clock, as time does. */
let clockMs = Date.parse("2026-11-23T22:00:00Z");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "commands-"));
  home = join(folder, "book");
  const files = {
    "clientes.csv": ["cliente;nome;corretor", "c1;Ana Souza;corretor1", "c2;Caio Lima;corretor2"],
    "precos.csv": ["data;ativo;preco;moeda", "19/11/2026;PETR4;38,00;BRL", "23/11/2026;PETR4;40,00;BRL"],
    "operacoes.csv": [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
      "c1;19/11/2026;compra;PETR4;100;37,00;BRL;1,20",
      "c2;19/11/2026;compra;PETR4;50;37,00;BRL;0",
    ],
    "corrigido.csv": [
      "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas",
      "c1;19/11/2026;compra;PETR4;200;37,00;BRL;1,20",
    ],
    "ruim.csv": [
      "cliente;data;tipo;ativo;quantidade;preco",
      "c1;ontem;compra;PETR4;1;1",
      "c1;hoje;venda;PETR4;1;1",
    ],
    "vazio.csv": [],
  };
  for (const [name, lines] of Object.entries(files)) {
    await writeFile(join(folder, name), lines.map((line) => `${line}\n`).join(""));
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

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

async function json(...args: string[]) {
  const { exit, out, err } = await carteira(...args, "--json");
  return { exit, err, value: JSON.parse(out) };
}

const uploads = async (): Promise<{ upload: string; file: string; status: string }[]> =>
  (await json("uploads")).value;

describe("ingest", () => {
  it("loads what can be opened, and says what cannot", async () => {
    const args = ["operacoes.csv", "nada.csv", "clientes.csv", "vazio.csv", "precos.csv", "--as", "admin"];
    const { exit, err, value } = await json("ingest", ...args);
    expect(exit).toBe(1);
    expect(err).toContain("nada.csv: arquivo não encontrado.");
    expect(err).toContain("vazio.csv: o arquivo está vazio.");
    expect(Object.keys(value)).toEqual(["runId", "files"]);
    expect(value.runId).toEqual(expect.any(String));
    expect(
      value.files.map(({ file, promoted }: { file: string; promoted: boolean }) => [file, promoted]),
    ).toEqual([
      ["operacoes.csv", true],
      ["nada.csv", false],
      ["clientes.csv", true],
      ["vazio.csv", false],
      ["precos.csv", true],
    ]);
    expect(value.files[0]).toEqual({
      upload: expect.any(String),
      file: "operacoes.csv",
      kind: "operations",
      rows: 2,
      loaded: 2,
      replaced: 0,
      repeated: 0,
      rejected: 0,
      promoted: true,
      issues: [],
    });
  });

  it("changes nothing the second time", async () => {
    const first = await json("ingest", "operacoes.csv", "--as", "admin");
    const second = await json("ingest", "operacoes.csv", "--as", "admin");
    expect(second.exit).toBe(0);
    expect(second.value.runId).toBe(first.value.runId);
    expect(second.value.files[0]).toMatchObject({ loaded: 0, repeated: 2, rejected: 0 });
  });

  it("loads operations only within the scope of --as, and exits with 1 where a file is not promoted", async () => {
    const { exit, value } = await json("ingest", "operacoes.csv", "--as", "corretor2");
    expect(exit).toBe(1);
    expect(value.files[0]).toMatchObject({ rejected: 1, promoted: false });
    const bad = await carteira("ingest", "ruim.csv", "--as", "admin");
    expect(bad.exit).toBe(1);
    expect(bad.out).toContain("ruim.csv");
    const [, id = ""] = /npx carteira rejected (\S+) > recusadas\.csv/.exec(bad.out) ?? [];
    const rejected = await carteira("rejected", id);
    expect(rejected.out.split("\n")).toEqual([
      "cliente;data;tipo;ativo;quantidade;preco;motivo",
      expect.stringMatching(/^c1;ontem;compra;PETR4;1;1;"?data: /),
      expect.stringMatching(/^c1;hoje;venda;PETR4;1;1;"?data: /),
      "",
    ]);
    expect((await carteira("rejected", "nope")).err).toContain("Não há envio nope.");
  });

  it.each([
    [["ingest", "--as", "admin"], "Falta o arquivo"],
    [["ingest", "operacoes.csv"], "Falta a opção --as"],
    [["ingest", "operacoes.csv", "--as", "admin", "--kind", "extrato"], "operations, positions"],
    [["ingest", "a.csv", "b.csv", "--as", "admin", "--replaces", "x"], "b.csv"],
  ])("%j is bad usage", async (args, sentence) => {
    const { exit, err } = await carteira(...args);
    expect(exit).toBe(2);
    expect(err).toContain(sentence);
  });
});

describe("ask", () => {
  it("answers within the scope, and the same to a stranger's client as to none", async () => {
    const own = await json("ask", "/carteira c1 PETR4", "--as", "corretor1");
    expect(own.exit).toBe(0);
    expect(own.value).toMatchObject({
      status: "ok",
      question: { intent: "holding", client: "c1", asset: "PETR4" },
      data: { quantity: "100", value: "4000", cost: "3701.2" },
    });
    const foreign = await json("ask", "/carteira c1", "--as", "corretor2");
    const unknown = await json("ask", "/carteira c9", "--as", "corretor2");
    expect(foreign).toMatchObject({ exit: 0, value: { status: "not_found", data: null } });
    expect(foreign.value.text.replaceAll("c1", "c9")).toBe(unknown.value.text);
  });

  it("answers as of an instant", async () => {
    const then = await json("ask", "/carteira c1 PETR4", "--as", "corretor1", "--at", "2026-11-19");
    expect(then.value.data).toMatchObject({ price: "38", value: "3800" });
  });

  it("starts afresh each time: no client is guessed from the question before", async () => {
    const { value } = await json("ask", "e no ano?", "--as", "corretor1");
    expect(value.question.client).toBeNull();
    expect(value.status).not.toBe("ok");
  });

  it("does not know a broker without clients", async () => {
    expect(await carteira("ask", "/carteira c1", "--as", "corretor9")).toMatchObject({ exit: 1, out: "" });
    const { exit, value } = await json("ask", "/carteira c1", "--as", "corretor9");
    expect({ exit, status: value.status }).toEqual({ exit: 0, status: "not_found" });
  });

  it.each([
    [["ask", "--as", "corretor1"], "a pergunta"],
    [["ask", "/carteira c1"], "--as"],
    [["ask", "/carteira c1", "--as", "corretor1", "--at", "ontem"], "ontem"],
  ])("%j is bad usage", async (args, sentence) => {
    const { exit, err } = await carteira(...args);
    expect(exit).toBe(2);
    expect(err).toContain(sentence);
  });
});

describe("explain", () => {
  it("shows the rows behind a holding to those who may see it", async () => {
    const { exit, out } = await carteira("explain", "c1", "PETR4", "--as", "corretor1");
    expect(exit).toBe(0);
    expect(out).toContain("operacoes.csv");
    expect(await carteira("explain", "c1", "PETR4", "--as", "corretor2")).toMatchObject({ exit: 1, out: "" });
    expect((await carteira("explain", "c1", "--as", "corretor1")).exit).toBe(2);
  });
});

describe("actions", () => {
  const quantity = async () =>
    (await json("ask", "/carteira c1 PETR4", "--as", "corretor1")).value.data.quantity;
  const ledger = async (...args: string[]) => (await json("actions", ...args)).value;

  it("lists the ledger, and what waits is a finding of those who hold it", async () => {
    expect((await carteira("actions")).out).toContain("Nenhum evento");
    expect(await ledger()).toEqual([]);
    await writeFile(
      join(folder, "eventos.csv"),
      "ativo;data;tipo;fator;situacao;fonte;valor\nPETR4;20/11/2026;bonificacao;1,1;inferido;yahoo;\n" +
        "PETR4;20/11/2026;provento;;;yahoo;0,75\n",
    );
    await carteira("ingest", "eventos.csv", "--as", "admin");
    expect(await quantity()).toBe("100");
    expect(await ledger("--pending")).toEqual([
      {
        asset: "PETR4",
        date: "2026-11-20",
        type: "bonificacao",
        factor: "10:11",
        status: "inferido",
        source: "yahoo",
        cost: null,
        amount: null,
        holders: 2,
        sourceFile: "eventos.csv",
        rowNumber: 2,
      },
    ]);
    expect(await ledger()).toHaveLength(2);
    const { out, err } = await carteira("actions", "--lang", "en");
    expect(out).toMatch(/2026.*PETR4 {2}bonus shares {2}10:11 .*inferred {3}yahoo {3}2$/m);
    expect(err).toContain("One action waits to be confirmed");
    const { value } = await json("findings", "--as", "corretor1");
    expect(value).toMatchObject([
      { code: "action_inferred", severity: "warning", client: null, asset: "PETR4" },
    ]);
    const asked = await carteira("ask", "/carteira c1 PETR4", "--as", "corretor1");
    expect(asked.out).toContain("npx carteira actions --pending");
  });

  it("refuses what is not there, what is not clear and what is decided already", async () => {
    const refused = async (...args: string[]) => {
      const { exit, err } = await carteira("actions", ...args);
      return `${exit} ${err}`;
    };
    expect(await refused("confirm", "VALE3", "2026-11-20")).toContain(
      "1 Não há evento de VALE3 em 20/11/2026",
    );
    expect(await refused("confirm", "PETR4", "20/11/2026")).toContain("--type: bonificacao, provento");
    expect(await refused("confirm", "PETR4", "20/11/2026", "--type", "provento")).toContain(
      'já está "confirmado"',
    );
    expect(await refused("confirm", "PETR4")).toContain("2 Falta o ativo e a data");
    expect(await refused("confirm", "PETR4", "ontem")).toContain('2 "ontem" não é uma data');
    expect(await refused("adiar", "PETR4", "20/11/2026")).toContain('2 Não sei o que fazer com "adiar"');
    const dear = ["confirm", "PETR4", "20/11/2026", "--type", "bonificacao", "--cost", "1.250"];
    expect(await refused(...dear)).toContain("2 ");
    expect(await quantity()).toBe("100");
  });

  it("confirms with a cost, rejects, confirms again, and takes decisions back", async () => {
    const decide = (verb: string, ...more: string[]) =>
      json("actions", verb, "petr4", "2026-11-20", "--type", "bonificacao", ...more);
    const confirmed = await decide("confirm", "--cost", "R$ 5,50");
    expect(confirmed).toMatchObject({
      exit: 0,
      value: { action: { status: "confirmado", source: "yahoo", cost: "5.5" } },
    });
    const held = await json("ask", "/carteira c1 PETR4", "--as", "corretor1");
    // 3,701.20 + 10 x 5.50
    expect(held.value.data).toMatchObject({ quantity: "110", cost: "3756.2" });
    const explained = await carteira("explain", "c1", "PETR4", "--as", "corretor1");
    expect(explained.out).toContain("evento-PETR4-2026-11-20-confirmado.csv");
    const rejected = await carteira("actions", "reject", "PETR4", "20/11/2026", "--type", "bonificacao");
    expect(rejected.out).toContain("Recusado: bonificação 10:11 PETR4 20/11/2026");
    expect(await quantity()).toBe("100");
    const again = await decide("confirm");
    expect(again.value.action).toMatchObject({ status: "confirmado", cost: "5.5" });
    expect(await quantity()).toBe("110");
    await carteira("undo", again.value.upload);
    expect(await quantity()).toBe("100");
    await carteira("undo", /undo (\S+)/.exec(rejected.out)?.[1] ?? "");
    expect(await quantity()).toBe("110");
    await carteira("undo", confirmed.value.upload);
    expect(await quantity()).toBe("100");
    const filed = (await uploads()).find(({ file, status }) => file === "eventos.csv" && status === "active");
    expect((await carteira("undo", filed?.upload ?? "")).exit).toBe(0);
  });
});

describe("corrections", () => {
  it("replace an upload, and bring it back when they are undone", async () => {
    const old = (await uploads()).find(({ file, status }) => file === "operacoes.csv" && status === "active");
    if (old === undefined) throw new Error("no active upload of operacoes.csv");
    const corrected = await json("ingest", "corrigido.csv", "--as", "admin", "--replaces", old.upload);
    expect(corrected.exit).toBe(0);
    const quantity = async () =>
      (await json("ask", "/carteira c1 PETR4", "--as", "corretor1")).value.data.quantity;
    expect(await quantity()).toBe("200");
    const again = await carteira("ingest", "corrigido.csv", "--as", "admin", "--replaces", old.upload);
    expect(again).toMatchObject({ exit: 1, out: "" });
    const id: string = corrected.value.files[0].upload;
    const undone = await carteira("undo", id);
    expect(undone.exit).toBe(0);
    expect(undone.out).toContain(old.upload);
    expect(await quantity()).toBe("100");
    expect(await carteira("undo", id)).toMatchObject({ exit: 1, out: "" });
    expect((await carteira("undo", "nenhum")).err).toContain("nenhum");
  });
});

describe("doctor", () => {
  it("finds a sound book sound, also when it reads every byte", async () => {
    const { exit, out } = await carteira("doctor", "--deep");
    expect(out).not.toContain("✗");
    expect(exit).toBe(0);
  });

  it("sees what a run that died left unpublished, and the next one publishes it", async () => {
    const { runId } = (await json("ingest", "operacoes.csv", "--as", "admin")).value;
    const active = (await uploads()).find(({ status, file }) => status === "active" && file === "precos.csv");
    const state = await openState(homePaths(home).state);
    await state.uploads.update(active?.upload ?? "", { status: "undone" });
    const warned = await carteira("doctor");
    expect(warned.exit).toBe(0);
    expect(warned.out).toMatch(/^! 1 envio ainda não está publicado/m);
    const healed = (await json("ingest", "operacoes.csv", "--as", "admin")).value.runId;
    expect(healed).not.toBe(runId);
    expect((await carteira("doctor")).out).not.toContain("ainda não está publicado");
    await state.uploads.update(active?.upload ?? "", { status: "active" });
    await state.close();
    expect((await json("ingest", "operacoes.csv", "--as", "admin")).value.runId).not.toBe(healed);
  });

  it("finds a file that is missing or changed", async () => {
    const lake = homePaths(home).lake;
    const { out } = await carteira("doctor");
    const runId = /execução (\S+),/.exec(out)?.[1] ?? "";
    const manifest = JSON.parse(await readFile(join(lake, "gold", "manifests", `${runId}.json`), "utf8"));
    const file = join(lake, manifest.tables.clients[0].key);
    const bytes = await readFile(file);
    await rm(file);
    await writeFile(file, "outra coisa");
    const shallow = await carteira("doctor");
    expect(shallow.exit).toBe(0);
    expect(shallow.out).toMatch(/^! dados: não consigo ler .*doctor --deep/m);
    expect(await carteira("doctor", "--deep")).toMatchObject({ exit: 1 });
    await rm(file);
    expect((await carteira("doctor")).out).toMatch(/^✗ .*clients/m);
    await writeFile(file, bytes);
    expect((await carteira("doctor", "--deep")).exit).toBe(0);
  });
});

describe("demo", () => {
  it("never mixes with a real book", async () => {
    const { exit, err } = await carteira("demo");
    expect(exit).toBe(1);
    expect(err).toContain("não se mistura");
    expect((await carteira("demo", "--clients", "3")).exit).toBe(2);
  });
});
