import { addDays, type IsoDay } from "../../money/day.ts";
import { randomOf } from "./random.ts";

export const DEMO_BROKERS = ["corretor1", "corretor2", "corretor3"] as const;

export type Profile = "conservador" | "moderado" | "arrojado";

/** One invented client. Everything follows from the seed, the demo's start and the client's place in the list. */
export interface DemoClient {
  readonly id: string;
  readonly name: string;
  readonly broker: string;
  readonly profile: Profile;
  readonly profileValidUntil: IsoDay;
  readonly baseCurrency: "BRL" | "USD";
  readonly controlsCash: boolean;
  /** What the client brings in the first month, in reais. */
  readonly wealth: number;
  /** The month of the demo in which the client comes, 0 = the first. */
  readonly since: number;
  /** Whether securities come from, and later go to, another house. */
  readonly transfers: boolean;
  /** What is bought in the first month and never sold out afterwards. */
  readonly keeps: readonly string[];
}

/** The client of the product's examples. */
export const SHOWCASE_CLIENT = "cliente123";

/** The clients that the product's examples talk about; two of one surname show how it asks back. */
const KNOWN: readonly (Pick<DemoClient, "id" | "name" | "broker"> & Partial<DemoClient>)[] = [
  {
    id: SHOWCASE_CLIENT,
    name: "Ana Souza",
    broker: "corretor1",
    profile: "moderado",
    wealth: 860_000,
    since: 0,
    // One of each class at least, and what the examples name: they must not find it sold.
    keeps: [
      ...["PETR4", "VALE3", "ITUB4", "HGLG11", "IVVB11", "MSFT34", "AAPL"],
      ...["TESOURO IPCA+ 2035", "CDB HORIZONTE 112 CDI", "BTC"],
    ],
  },
  {
    id: "cliente456",
    name: "Bruno Carvalho",
    broker: "corretor1",
    wealth: 1_450_000,
    since: 0,
    controlsCash: true,
  },
  { id: "cliente789", name: "Rafael Souza", broker: "corretor1", wealth: 320_000 },
  { id: "cliente321", name: "Helena Prado", broker: "corretor2", wealth: 2_100_000, baseCurrency: "USD" },
];

const FIRST_NAMES = (
  "Adriana Alexandre Aline Ana Antônio Beatriz Bernardo Camila Carlos Cláudia Daniel Débora Eduardo Elisa Fábio " +
  "Fernanda Gabriel Gustavo Heloísa Henrique Isabela Ivan João Juliana Larissa Leandro Letícia Lucas Luiza Marcelo " +
  "Mariana Murilo Natália Otávio Patrícia Paulo Renata Ricardo Sofia Tiago Vanessa Vítor"
).split(" ");

const SURNAMES = (
  "Almeida Alves Araújo Azevedo Barbosa Barros Batista Borges Cardoso Castro Cavalcanti Correia Costa Dias Duarte " +
  "Farias Fernandes Ferreira Freitas Gomes Lacerda Lima Lopes Machado Martins Melo Mendes Monteiro Moraes Moreira " +
  "Nogueira Oliveira Pacheco Pereira Pinto Queiroz Ribeiro Rocha Santana Silveira Teixeira Vieira"
).split(" ");

/** Ids of invented clients count from here on, beside the known ones. */
const FIRST_NUMBER = 1000;

const PROFILES: readonly Profile[] = ["conservador", "moderado", "moderado", "arrojado"];
const PROFILE_VALID_DAYS = { least: 640, most: 1100 };
const LATEST_MONTH_TO_COME = 12;

/** The `index`-th client of the demo: the same one whatever the number of clients. */
export function clientAt(index: number, options: { seed: string | number; start: IsoDay }): DemoClient {
  const random = randomOf(options.seed, "client", index);
  const skewed = random.next();
  const invented: DemoClient = {
    id: `cliente${FIRST_NUMBER + index}`,
    name: nameAt(index),
    broker: DEMO_BROKERS[index % DEMO_BROKERS.length] ?? DEMO_BROKERS[0],
    profile: random.pick(PROFILES),
    profileValidUntil: addDays(
      options.start,
      random.whole(PROFILE_VALID_DAYS.least, PROFILE_VALID_DAYS.most),
    ),
    baseCurrency: index % 30 === 17 ? "USD" : "BRL",
    controlsCash: index % 20 === 8,
    // Many clients of some hundred thousand, a few of millions.
    wealth: Math.round(80_000 + 3_400_000 * skewed * skewed * skewed),
    since: random.chance(0.65) ? 0 : random.whole(1, LATEST_MONTH_TO_COME),
    transfers: index % 9 === 4,
    keeps: [],
  };
  return { ...invented, ...KNOWN[index] };
}

/** First name and surname, no pair twice; beyond all pairs a second surname. */
function nameAt(index: number): string {
  const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? "";
  const round = Math.floor(index / FIRST_NAMES.length);
  const surname = SURNAMES[(index + round * 5) % SURNAMES.length] ?? "";
  const lap = Math.floor(index / (FIRST_NAMES.length * SURNAMES.length));
  const second = lap === 0 ? [] : [SURNAMES[(index * 7 + lap) % SURNAMES.length] ?? ""];
  return [first, surname, ...second].join(" ");
}
