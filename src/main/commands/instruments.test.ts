import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../cli.ts";

/** The instruments of one small book, and their way to a file and back. */

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "market-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function carteiraAt(now: string, args: readonly string[], environment: Record<string, string> = {}) {
  const written = { out: "", err: "" };
  const exit = await run([...args, "--home", join(folder, "book")], {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    environment,
    workingFolder: folder,
    now: () => new Date(now),
    stop: new AbortController().signal,
  });
  return { exit, ...written };
}

describe("instruments", () => {
  const NOW = "2026-11-23T22:00:00Z";
  const carteira = (...args: string[]) => carteiraAt(NOW, args);
  const list = async (...args: string[]): Promise<Record<string, unknown>[]> =>
    JSON.parse((await carteira("instruments", ...args, "--json")).out);
  const codes = async (...args: string[]) => (await list(...args)).map(({ code }) => code);
  const load = async (name: string, ...lines: string[]) => {
    await writeFile(join(folder, name), `${lines.join("\n")}\n`);
    const { exit, err } = await carteira("ingest", name, "--as", "admin");
    expect({ exit, err: exit === 0 ? "" : err }).toEqual({ exit: 0, err: "" });
  };
  const asset = async (question: string) => {
    const { out } = await carteira("ask", question, "--as", "admin", "--json");
    return JSON.parse(out).question.asset;
  };

  beforeAll(async () => {
    expect((await carteira("instruments")).exit).toBe(3);
    await load("clientes.csv", "cliente;nome;corretor", "c1;Ana Souza;corretor1");
    await load(
      "operacoes.csv",
      "cliente;data;tipo;ativo;quantidade;preco;moeda",
      ...["PETR4", "VALE3", "MGLU3", "SMAL11", "VVAR3F", "BRML3", "BTC", "COISA NOVA"].map(
        (code) => `c1;19/11/2026;compra;${code};10;20,00;BRL`,
      ),
    );
    await load(
      "precos.csv",
      "data;ativo;preco;moeda",
      ...["PETR4", "VALE3", "MGLU3", "SMAL11", "BHIA3", "BTC", "USDBRL"].map(
        (code) => `23/11/2026;${code};21,00;BRL`,
      ),
    );
  });

  it("are those of the book, by code, name or alias", async () => {
    expect(await codes()).toEqual([
      "BHIA3",
      "BRML3",
      "BTC",
      "CAIXA-BRL",
      "COISA NOVA",
      "MGLU3",
      "PETR4",
      "SMAL11",
      "USDBRL",
      "VALE3",
    ]);
    expect(await codes("petr")).toEqual(["PETR4"]);
    expect(await codes("Dólar")).toEqual(["USDBRL"]);
    expect(await codes("casas", "bahia")).toEqual(["BHIA3"]);
    expect(await list("magalu")).toEqual([
      {
        code: "MGLU3",
        name: "Magazine Luiza ON",
        class: "acao",
        sector: "Varejo",
        currency: "BRL",
        issuer: "Magazine Luiza",
        yahooSymbol: "MGLU3.SA",
        aliases: ["magalu", "magazine luiza"],
        origin: "builtin",
        priceDay: "2026-11-23",
        mergedInto: null,
      },
    ]);
  });

  it("are shown as a table, with what shares without a price became", async () => {
    const { exit, out, err } = await carteira("instruments", "--unknown");
    expect(exit).toBe(0);
    expect(out.split("\n").map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
      ["código", "nome", "classe", "moeda"],
      ["BRML3", "BRML3", "acao", "BRL"],
      ["COISA NOVA", "COISA NOVA", "desconhecida", "BRL"],
      [""],
    ]);
    expect(err).toBe("BRML3 virou ALOS3 numa incorporação: lance a conversão\n");
    expect((await carteira("instruments", "nada disso")).out).toBe("Nenhum ativo assim.\n");
    expect((await carteira("instruments", "--csv", "--json")).exit).toBe(2);
  });

  it.each([
    ["quanto a Ana Souza tem de Vale", "VALE3"],
    ["cotação da petrobras", "PETR4"],
    ["cotação do magalu", "MGLU3"],
    ["cotação do dólar", "USDBRL"],
    ["cotação do bitcoin", "BTC"],
    ["quanto a Ana Souza tem de small caps", "SMAL11"],
    ["cotação de casas bahia", "BHIA3"],
    ["cotação da viavarejo", "BHIA3"],
    ["cotação de VVAR3", "BHIA3"],
    ["cotação de viia3f", "BHIA3"],
    ["/carteira c1 vvar3.sa", "BHIA3"],
    ["/carteira c1 BRML3", "BRML3"],
  ])("are what people call them: %s", async (question, code) => {
    expect(await asset(question)).toBe(code);
  });

  it("of a merger have no price, and the answer says what to do", async () => {
    const { out } = await carteira("findings", "--as", "corretor1");
    expect(out).toContain("BRML3 virou ALOS3 numa incorporação: lance a conversão");
  });

  it("come back by ingest as they were printed, and stay what they are", async () => {
    const before = await list();
    const printed = await carteira("instruments", "--csv");
    expect(printed.err).toBe("1 ativo ficou de fora por não ter classe; veja com --unknown --csv\n");
    expect(printed.out).toContain("\nBRML3;BRML3;acao;;BRL;;BRML3.SA;\n");
    expect(printed.out).not.toMatch(/COISA|USDBRL/);
    await load("todos.csv", printed.out.trimEnd());
    const without = ({ origin, ...rest }: Record<string, unknown>) => rest;
    expect((await list()).map(without)).toEqual(before.map(without));
    expect((await list("petr"))[0]).toMatchObject({ origin: "file" });
    expect((await carteira("instruments", "--csv")).out).toBe(printed.out);
  });

  it("are edited by CSV: class, name, aliases, and that Yahoo has none", async () => {
    const { out, err } = await carteira("instruments", "--unknown", "--csv");
    expect(err).toBe("Preencha a classe de 1 ativo antes de carregar o arquivo.\n");
    expect(out.split("\n")).toContain("COISA NOVA;COISA NOVA;;;BRL;;nenhum;");
    await load(
      "editado.csv",
      out.split("\n")[0] ?? "",
      "COISA NOVA;COISA NOVA;fundo;;BRL;;nenhum;fundo da praia",
      'PETR4;"Petróleo; Brasileiro";acao;;BRL;;none;petróleo nosso|petrona',
      "VALE3;Vale ON;acao;;BRL;;-;",
    );
    expect(await list("petrona")).toMatchObject([
      {
        code: "PETR4",
        name: "Petróleo; Brasileiro",
        yahooSymbol: null,
        aliases: ["petróleo nosso", "petrona"],
      },
    ]);
    // A dash is an empty cell, as everywhere: the table's symbol and aliases stay.
    expect(await list("vale")).toMatchObject([{ yahooSymbol: "VALE3.SA", aliases: ["vale"] }]);
    expect(await codes("--unknown")).toEqual(["BRML3", "COISA NOVA"]);
    for (const name of ["petrona", "petróleo nosso", "petróleo brasileiro", "PETR4"])
      expect([name, await asset(`cotação de ${name}`)]).toEqual([name, "PETR4"]);
    expect(await asset("quanto a Ana Souza tem de fundo da praia")).toBe("COISA NOVA");
    expect(await asset("cotação da petrobras")).toBeNull();
    expect((await carteira("instruments", "petrona", "--csv")).out).toContain(
      'PETR4;"Petróleo; Brasileiro";acao;Petróleo e Gás;BRL;Petrobras;nenhum;petróleo nosso|petrona\n',
    );
  });
});
