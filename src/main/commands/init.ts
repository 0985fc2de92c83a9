import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createAnswers } from "../../answers/answers.ts";
import { GOLD_POINTER } from "../../contracts/gold.ts";
import { readArguments } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import { readHome } from "../home.ts";
import { openLake } from "../lake.ts";
import type { Shell } from "../shell.ts";
import { openWarehouse } from "../warehouse.ts";
import { run as doctor } from "./doctor.ts";
import { run as ingest } from "./ingest.ts";
import { run as refresh } from "./refresh.ts";

const OPTIONS = { templates: { type: "string" }, offline: { type: "boolean" } } as const;

/** Answers to one question are this many at the most: a person who goes on for ever is a script gone wrong. */
const FILES_ASKED_MAX = 50;

/**
 * Leads from an empty folder to a first real book: clients, then their files, then the first prices, then a look at all of it.
 * Can be run again: what is there already is not asked for, and what was loaded changes nothing.
 */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal, config, io } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  const home = await readHome(config.home);
  if (home?.demo === true) throw new Refusal(EXIT.badInput, words.init.inDemo(config.home));
  if (values.templates !== undefined) return await writeTemplates(values.templates, shell);

  terminal.print(words.init.begin(config.home));
  const there = await isPublished(config);
  const files = positionals.length > 0 || there ? positionals : await askForFiles(shell);
  if (files.length === 0 && !there) {
    for (const line of words.init.whatIsNeeded) terminal.print(line);
    return EXIT.notSetUp;
  }
  if (files.length > 0) {
    terminal.print(words.init.loading(files.length));
    const loaded = await ingest([...files, "--as", "admin"], shell);
    if (loaded !== EXIT.answered) {
      terminal.print(words.init.notAllLoaded);
      return loaded;
    }
  }
  if (!(await isPublished(config))) {
    for (const line of words.init.whatIsNeeded) terminal.print(line);
    return EXIT.notSetUp;
  }
  if (values.offline !== true) await firstPrices(shell);
  terminal.print(words.init.checking);
  const sound = await doctor([], shell);
  for (const line of await nextSteps(shell)) terminal.print(line);
  io.stop.throwIfAborted();
  return sound;
}

/** Without prices there still is a book: the answers say what has none. */
async function firstPrices(shell: Shell): Promise<void> {
  const { words, terminal } = shell;
  terminal.print(words.init.prices);
  const code = await refresh([], shell);
  if (code !== EXIT.answered) terminal.print(words.init.noPrices);
}

async function isPublished(config: Shell["config"]): Promise<boolean> {
  if ((await readHome(config.home)) === null) return false;
  const lake = await openLake(config);
  return (await lake.readPointer(GOLD_POINTER)) !== null;
}

/** Asks for the files one after the other; none where nobody can be asked. */
async function askForFiles({ io, words }: Shell): Promise<readonly string[]> {
  if (io.ask === undefined) return [];
  const clients = (await io.ask(words.init.askClients))?.trim() ?? "";
  if (clients === "") return [];
  const files = [clients];
  while (files.length < FILES_ASKED_MAX) {
    const file = (await io.ask(words.init.askFile))?.trim() ?? "";
    if (file === "") break;
    files.push(file);
  }
  return files;
}

/** Writes example files that load as they are; never over a file that is there. */
async function writeTemplates(folder: string, { words, terminal, io }: Shell): Promise<number> {
  const target = resolve(io.workingFolder, folder);
  await mkdir(target, { recursive: true });
  for (const [name, lines] of Object.entries(TEMPLATES)) {
    const path = join(target, name);
    try {
      await writeFile(path, lines.map((line) => `${line}\n`).join(""), { flag: "wx" });
      terminal.print(words.init.templateWritten(path));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      terminal.print(words.init.templateThere(path));
    }
  }
  terminal.print(words.init.templatesNext(folder));
  return EXIT.answered;
}

const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  "clientes.csv": [
    "cliente;nome;corretor;perfil;moeda_base;controla_caixa",
    "cliente1;Nome do Cliente;corretor1;moderado;BRL;nao",
  ],
  "operacoes.csv": [
    "cliente;data;tipo;ativo;quantidade;preco;taxas;indexador;taxa_juros;vencimento",
    "cliente1;15/01/2025;compra;PETR4;100;37,15;4,90;;;",
    "cliente1;20/02/2025;compra;CDB BANCO EXEMPLO 2028;10;1.000,00;;CDI;110;20/02/2028",
  ],
};

/** What to do with the new book, with a client and a broker of it. */
async function nextSteps(shell: Shell): Promise<readonly string[]> {
  const { config, words, io } = shell;
  const warehouse = await openWarehouse(shell, await openLake(config));
  try {
    const answers = createAnswers({ warehouse, now: io.now, hours: config.b3Hours });
    const [broker = "admin"] = await answers.brokers();
    const { clients } = await answers.lexicon([broker]);
    return words.init.next(clients[0]?.id ?? "cliente1", broker);
  } finally {
    await warehouse.close();
  }
}
