import type { Benchmark, Direction, Grouping, Intent, Language } from "../questions/question.ts";
import { penOf } from "./page.ts";
import { duringPeriod, type NamedPeriod } from "./period.ts";

/** A question to be put into a button: what it leaves out is not said. */
export interface Asked {
  readonly intent: Intent;
  readonly client?: string | null;
  readonly asset?: string | null;
  readonly period?: NamedPeriod | null;
  readonly benchmark?: Benchmark | null;
  readonly direction?: Direction | null;
  readonly grouping?: Grouping | null;
  readonly limit?: number | null;
}

type Phrases = Readonly<
  Record<
    | "of"
    | "in"
    | "versus"
    | "portfolio"
    | "position"
    | "allocation"
    | "returns"
    | "movers"
    | "rises"
    | "falls",
    string
  >
> &
  Readonly<
    Record<
      "history" | "income" | "best" | "worst" | "holders" | "aum" | "risk" | "quote" | "clients" | "help",
      string
    >
  > & { readonly by: Readonly<Record<Grouping, string>>; readonly everybody: string };

/** What the grammar of `src/questions` reads back to the same question: a test holds the two together. */
const PHRASES: Readonly<Record<Language, Phrases>> = {
  pt: {
    of: "de",
    in: "em",
    versus: "vs",
    portfolio: "carteira",
    position: "posição",
    allocation: "alocação",
    returns: "rentabilidade",
    movers: "altas e quedas",
    rises: "maiores altas",
    falls: "maiores quedas",
    history: "operações",
    income: "proventos",
    best: "melhores clientes",
    worst: "piores clientes",
    holders: "quem tem",
    aum: "total sob gestão",
    risk: "risco",
    quote: "cotação",
    clients: "meus clientes",
    help: "ajuda",
    everybody: "dos meus clientes",
    by: { class: "por classe", sector: "por setor", currency: "por moeda" },
  },
  en: {
    of: "of",
    in: "in",
    versus: "vs",
    portfolio: "portfolio",
    position: "position",
    allocation: "allocation",
    returns: "performance",
    movers: "biggest movers",
    rises: "top gainers",
    falls: "top losers",
    history: "trades",
    income: "dividends",
    best: "best clients",
    worst: "worst clients",
    holders: "who holds",
    aum: "assets under management",
    risk: "risk",
    quote: "quote",
    clients: "my clients",
    help: "help",
    everybody: "of my clients",
    by: { class: "by class", sector: "by sector", currency: "by currency" },
  },
};

/** The words that ask this question, as a button sends them. Where nothing fits, the client's portfolio or help. */
export function commandOf(asked: Asked, language: Language): string {
  const say = PHRASES[language];
  const client = given(asked.client) ? `${say.of} ${asked.client}` : null;
  const inAsset = given(asked.asset) ? `${say.in} ${asked.asset}` : null;
  const during = asked.period ? duringPeriod(bare(asked.period), penOf(language)) : null;
  const versus = given(asked.benchmark) ? `${say.versus} ${asked.benchmark}` : null;
  const limit = asked.limit ? `top ${asked.limit}` : null;
  switch (asked.intent) {
    case "portfolio":
      return joined(say.portfolio, client);
    case "holding":
      return joined(say.position, client, inAsset);
    case "allocation":
      return joined(say.allocation, client, asked.grouping ? say.by[asked.grouping] : null);
    case "performance":
      return joined(say.returns, client, during, versus);
    case "movers": {
      const what = asked.direction === "up" ? say.rises : asked.direction === "down" ? say.falls : say.movers;
      return joined(limit, what, client ?? say.everybody, during);
    }
    case "history":
      return joined(say.history, client, inAsset, during);
    case "income":
      return joined(say.income, client, inAsset, during);
    case "ranking":
      return joined(limit, asked.direction === "down" ? say.worst : say.best, during);
    case "holders":
      return joined(say.holders, asked.asset ?? null);
    case "aum":
      return say.aum;
    case "risk":
      return joined(say.risk, client, during);
    case "quote":
      return joined(say.quote, given(asked.asset) ? `${say.of} ${asked.asset}` : null);
    case "clients":
      return say.clients;
    default:
      return client === null ? say.help : joined(say.portfolio, client);
  }
}

/** A younger client's period is asked for by its kind, not by the day the answer fell back to. */
function bare(period: NamedPeriod): NamedPeriod {
  return { kind: period.kind, from: period.from, to: period.to };
}

function given(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== "";
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(" ");
}
