import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { readConfig } from "../src/config.ts";
import { type Book, openBook } from "../src/main/book.ts";
import { REAL_HOME } from "../src/main/home.ts";
import { createShell } from "../src/main/shell.ts";
import { wordsOf } from "../src/main/words/words.ts";
import { relative } from "../src/messages/buttons.ts";
import { commandOf } from "../src/messages/command.ts";
import { INTENTS, type Language } from "../src/questions/question.ts";

/** A whole book of three brokers, composed as the service composes it, whose names and amounts tell whose they are. */

export interface Client {
  readonly id: string;
  readonly name: string;
  readonly broker: string;
  /** What this client alone holds. */
  readonly asset: string;
}

export const CLIENTS: readonly Client[] = [
  { id: "cliente101", name: "Aldebrando Quixabeira", broker: "corretor1", asset: "ISOA3" },
  { id: "cliente102", name: "Bertolina Xaxadinho", broker: "corretor1", asset: "ISOB3" },
  { id: "cliente201", name: "Calixta Zabumbeira", broker: "corretor2", asset: "ISOC3" },
  { id: "cliente202", name: "Dorotildo Juremal", broker: "corretor2", asset: "ISOD3" },
  { id: "cliente301", name: "Eufrasina Macambira", broker: "corretor3", asset: "ISOE3" },
  { id: "cliente302", name: "Fulgencio Umbuzeiro", broker: "corretor3", asset: "ISOF3" },
];
/** A client who does not exist, and an instrument that does and is held by nobody. */
export const NOBODY: Client = {
  id: "cliente901",
  name: "Gumercindo Mandacaru",
  broker: "",
  asset: "ISOX3",
};
const QUANTITIES = [7_331, 5_683, 4_217, 8_419, 6_173, 9_341];

/** Who asks: brokers, a manager of two of them, and somebody whom nobody let in. */
const PEOPLE = {
  um: ["corretor1"],
  dois: ["corretor2"],
  tres: ["corretor3"],
  gestor: ["corretor1", "corretor2"],
  estranho: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type PersonId = keyof typeof PEOPLE;
export const PERSON_IDS = Object.keys(PEOPLE) as readonly PersonId[];

export const own = (person: PersonId): readonly Client[] => {
  const brokers: readonly string[] = PEOPLE[person];
  return CLIENTS.filter(({ broker }) => brokers.includes(broker));
};
export const foreign = (person: PersonId): readonly Client[] => {
  const mine = new Set(own(person));
  return CLIENTS.filter((client) => !mine.has(client));
};

/** What can be asked, and what can be told beside questions. */
export const TOPICS = [...INTENTS, "statement", "import", "uploads", "upkeep", "settings"] as const;
export type Topic = (typeof TOPICS)[number];

/** Words of what no button asks. An intent that neither has is not tried, which the test finds out. */
const OTHER_WORDS: Readonly<Partial<Record<Topic, (client: string, asset: string) => readonly string[]>>> = {
  help: () => ["ajuda", "help"],
  digest: () => ["resumo", "digest"],
  digest_schedule: () => ["resumo diário às 8h"],
  alert_create: (client, asset) => [`avise se ${asset} cair 5%`, `avise se a carteira de ${client} cair 5%`],
  alert_list: () => ["meus alertas"],
  alert_delete: (client) => [`apagar alerta de ${client}`],
  alert_snooze: (_, asset) => [`silenciar alertas de ${asset} até amanhã`],
  statement: (client) => [`relatório de ${client} de outubro`, `report of ${client} for last month`],
  import: (client) => [`importar ${client}`, `import the file of client ${client}`],
  uploads: () => ["meus últimos arquivos", "my uploads"],
  upkeep: () => ["o que está desatualizado?", "what needs checking?"],
  settings: () => ["configurações"],
  unknown: (client) => [`bom dia, ${client}`, `compre 100 PETR4 para ${client}`],
};

/** Everything that can be asked about a client (by id or name) and an instrument. */
export function commandsOf(
  topic: Topic,
  client: string,
  asset: string,
  languages: readonly Language[] = ["pt", "en"],
): readonly string[] {
  const others = OTHER_WORDS[topic]?.(client, asset);
  if (others !== undefined) return others;
  const intent = INTENTS.find((one) => one === topic) ?? "unknown";
  const asked = languages.flatMap((language) => [
    commandOf({ intent, client, asset, benchmark: "CDI", grouping: "class" }, language),
    commandOf({ intent, client, period: relative("12m") }, language),
  ]);
  return [...new Set(asked)];
}

export interface GuardedBook {
  readonly book: Book;
  /** Lines that the composition wrote to standard error. */
  readonly logged: readonly string[];
  /** Id of an upload that is nobody's of those who ask. */
  readonly upload: string;
  /** Amounts that the owner of each client is shown. */
  readonly amounts: ReadonlyMap<Client, ReadonlySet<string>>;
  /** Links a channel's users to people. */
  link(users: readonly { readonly who: string; readonly person: PersonId }[]): Promise<void>;
  close(): Promise<void>;
}

export async function openGuardedBook(): Promise<GuardedBook> {
  const folder = await mkdtemp(join(tmpdir(), "carteira-guarded-"));
  const logged: string[] = [];
  const io = {
    stdout: { write: () => true },
    stderr: { write: (text: string) => logged.push(text) > 0 },
    environment: {},
    workingFolder: folder,
    now: () => new Date("2026-03-31T21:30:00Z"),
    stop: new AbortController().signal,
  };
  const config = readConfig(
    { CARTEIRA_HOME: "book", CARTEIRA_CONTACT: "a TI", CARTEIRA_TURNS_PER_MINUTE: "1000" },
    folder,
  );
  const shell = createShell(io, { config, words: wordsOf("pt"), language: undefined });
  const book = await openBook(shell, REAL_HOME);
  const known: readonly PersonId[] = PERSON_IDS.filter((id) => id !== "estranho");
  await book.state.people.save(
    known.map((id) => ({
      person: {
        id,
        name: id,
        role: id === "gestor" ? "manager" : "broker",
        brokers: PEOPLE[id],
        language: null,
      },
      links: [`slack:T0:U${id.toUpperCase()}`],
    })),
  );
  const upload = await load(book);
  return {
    book,
    logged,
    upload,
    amounts: await amountsOf(book),
    async link(users) {
      for (const { who, person } of users)
        if (person !== "estranho") await book.state.people.link(person, who);
    },
    async close() {
      await shell.close();
      await rm(folder, { recursive: true });
    },
  };
}

const HEADER = "cliente;data;tipo;ativo;quantidade;preco;moeda;taxas;valor";

export function operationsOf({ id, asset }: Client, quantity: number): readonly string[] {
  return [
    HEADER,
    `${id};02/01/2026;compra;${asset};${quantity};30,13;BRL;1,07;`,
    `${id};02/03/2026;venda;${asset};${Math.floor(quantity / 7)};33,29;BRL;1,03;`,
    `${id};10/02/2026;dividendo;${asset};;;BRL;0;${Math.floor(quantity / 3)},19`,
  ];
}

/** Loads all in one step, as an administrator who is nobody of those who ask. Gives the id of the operations. */
async function load(book: Book): Promise<string> {
  const assets = [...CLIENTS, NOBODY].map(({ asset }) => asset);
  const days = ["02/01/2026;30,13", "02/03/2026;33,29", "30/03/2026;34,07", "31/03/2026;35,21"];
  const { results } = await book.intake.load(
    {
      files: [
        file("clientes.csv", [
          "cliente;nome;corretor",
          ...CLIENTS.map(({ id, name, broker }) => `${id};${name};${broker}`),
        ]),
        file("ativos.csv", ["ativo;nome;classe", ...assets.map((asset) => `${asset};Nome ${asset};acao`)]),
        file("precos.csv", [
          "data;ativo;preco",
          ...days.flatMap((day) => assets.map((asset) => day.replace(";", `;${asset};`))),
          ...["02/01/2026;CDI;0,05", "30/03/2026;CDI;0,05"],
        ]),
        file("operacoes.csv", [
          HEADER,
          ...CLIENTS.flatMap((client, index) => operationsOf(client, QUANTITIES[index] ?? 0).slice(1)),
        ]),
      ],
      ...{ userId: "person:outra", admin: true, brokers: "all", clientId: null, kind: null, replaces: null },
      language: "pt",
    },
    () => {},
  );
  const operations = results.at(-1);
  if (operations?.promoted !== true || operations.counts.rejected > 0)
    throw new Error("the operations were not taken");
  return operations.upload.id;
}

function file(fileName: string, lines: readonly string[]) {
  return { fileName, body: Readable.from([lines.map((line) => `${line}\n`).join("")]) };
}

/** What looks like an amount of some size, in whatever language: `256.585,00`, `-12,345.67`, `18043.3`. */
const AMOUNT = /\d[\d.,]*[.,]\d[\d.,]*/g;
export const amountsIn = (text: string): readonly string[] =>
  [...text.matchAll(AMOUNT)].map(([found]) => found).filter((found) => found.replace(/\D/g, "").length >= 5);

/** `1.234,56` as `1,234.56`. */
const inEnglish = (amount: string): string => amount.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."));

/** Asks everything as each owner. What the quotes of all instruments say is nobody's secret. */
async function amountsOf({ conversation }: Book): Promise<GuardedBook["amounts"]> {
  let events = 0;
  const shown = async (person: PersonId, texts: readonly string[]): Promise<ReadonlySet<string>> => {
    const replies = await Promise.all(
      texts.map((text) => {
        events += 1;
        const who = `slack:T0:U${person.toUpperCase()}`;
        return conversation.say({ eventId: `amounts:${events}`, who, place: `slack:T0:D${events}`, text });
      }),
    );
    const said = replies.flatMap((reply) => amountsIn(JSON.stringify(reply?.message)));
    return new Set([...said, ...said.map(inEnglish)]);
  };
  const amounts = new Map<Client, ReadonlySet<string>>();
  for (const person of ["um", "dois", "tres"] as const) {
    const quotes = await shown(person, [
      "cotação de ISOX3",
      "cotação de ISOX3 em 12 meses",
      "quote of ISOX3",
    ]);
    for (const client of own(person)) {
      const texts = INTENTS.flatMap((intent) => commandsOf(intent, client.id, client.asset, ["pt"]));
      const naming = texts.filter((text) => text.includes(client.id) || text.includes(client.asset));
      const crowd = client === own(person)[0] ? [commandOf({ intent: "aum" }, "pt"), "my clients"] : [];
      amounts.set(client, (await shown(person, [...new Set([...naming, ...crowd])])).difference(quotes));
    }
  }
  return amounts;
}
