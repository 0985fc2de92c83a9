import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FakeFault } from "../src/market/sources/yahoo/fake-yahoo.testing.ts";
import type { MarketBook } from "./market-book.testing.ts";
import {
  historyOf,
  monday,
  mondayChart,
  openMonday,
  openThursday,
  refreshed,
  tellMonday,
} from "./market-faults.testing.ts";

/**
 * What the answer to `/carteira cliente123` says under each fault of a source, word for word. The book was current on the evening of
 * Thursday 2026-11-19; Friday is a holiday in Brazil, not in New York. It is asked about on Monday at 14:00 in São Paulo, after a refresh in
 * which one thing goes wrong. In no case is a figure wrong, or anything lost that was known; once the source is well, the next refresh
 * makes the answer current.
 */

interface Fault {
  readonly name: string;
  readonly breaks: (book: MarketBook) => void;
  /** What `carteira refresh` prints but for how many requests it took. */
  readonly said: readonly string[];
  readonly code?: number;
}

/** One answer, and the faults under which it is given. */
interface Outcome {
  readonly title: string;
  readonly answer: string;
  readonly faults: readonly Fault[];
}

const CLOSES =
  "Fechamentos: 7 de 7 ativos e índices responderam, 3 preços novos até 20/11/2026 (Yahoo Finance).";
const CLOSES_BUT_ONE =
  "Fechamentos: 6 de 7 ativos e índices responderam, 3 preços novos até 20/11/2026 (Yahoo Finance).";
const NO_CLOSES = "Fechamentos: 0 de 7 ativos e índices responderam, 0 preços novos (Yahoo Finance).";
const QUOTES = "Cotações: 9 de 9, a mais nova de 23/11, 13:45 (Yahoo Finance).";
const QUOTES_BUT_ONE = "Cotações: 8 de 9, a mais nova de 23/11, 13:45 (Yahoo Finance).";
const NO_QUOTES = "Cotações: 0 de 9 (Yahoo Finance).";
const SERIES =
  "Índices e câmbio até: CDI 19/11/2026, SELIC 19/11/2026, IPCA 01/10/2026, USDBRL 19/11/2026, EURBRL 19/11/2026 (Banco Central).";
const NO_SERIES = "Índices e câmbio: nenhum ponto novo (Banco Central).";
const ALL = "AAPL, HGLG11.SA, PETR4.SA, VALE3.SA, ^BVSP, ^GSPC, ^IXIC, BRL=X, EURBRL=X";
const KEPT = "O que ficou sem preço novo mantém o último preço bom, com a data dele.";
const WELL = [CLOSES, QUOTES, SERIES];

/**
 * 10 x 272.70 x 5.35 = 14,589.45, against 10 x 271.00 (Friday) x 5.28 (rate of the 19th) = 14,308.80; PETR4 100 x 38.76 against 38.00;
 * VALE3 50 x 59.40 against 60.00; HGLG11 10 x 155.31 against 155.00: +280.65 +76.00 -30.00 +3.10 = +329.75 of 22,658.80.
 */
const CURRENT = `\
Ana Souza · cliente123 — R$ 22.988,55 · hoje +1,46% (+R$ 329,75)

desde 05/10/2026 +12,83% · 721% do CDI · -25,1 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso    hoje  resultado (R$)
AAPL            10   US$ 250,00  US$ 272,70   14.589,45  63,5%  +1,96%       +1.464,45
PETR4          100        30,00       38,76    3.876,00  16,9%  +2,00%         +876,00
VALE3           50        55,00       59,40    2.970,00  12,9%  -1,00%         +220,00
HGLG11          10       150,00      155,31    1.553,10   6,8%  +0,20%          +53,10

cotações de 23/11/2026 13:45 (atraso de 15 min) · câmbio de 23/11/2026 13:45 · CDI até 19/11 · IBOV até 23/11/2026 13:45 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
`;

const quotes =
  (fault: FakeFault["with"], times?: number) =>
  ({ yahoo }: MarketBook): void =>
    yahoo.fail({ on: "quote", with: fault, ...(times === undefined ? {} : { times }) });
const quotesAndCharts =
  (fault: FakeFault["with"]) =>
  ({ yahoo }: MarketBook): void =>
    yahoo.fail({ on: "quote", with: fault }, { on: "chart", with: fault });
/** One quote with other fields than it should have. */
const told =
  (symbol: string, fields: Record<string, unknown>) =>
  ({ yahoo }: MarketBook): void => {
    yahoo.quotes.set(symbol, monday(symbol, "16:45:00", fields));
  };

const TOO_MANY = { status: 429, body: "Too Many Requests" };
const PAGE = { body: "<!DOCTYPE html><title>Will be right back</title>" };
const REFUSED = {
  status: 401,
  body: '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}',
};

const OUTCOMES: readonly Outcome[] = [
  {
    title: "nothing is amiss, or passes by itself",
    answer: CURRENT,
    faults: [
      { name: "no fault", breaks: () => {}, said: WELL },
      { name: "429 twice", breaks: quotes(TOO_MANY, 2), said: WELL },
      { name: "401 Invalid Crumb once", breaks: quotes(REFUSED, 1), said: WELL },
      {
        name: "a market state that nobody knows",
        breaks: told("PETR4.SA", { marketState: "AUCTION_OF_TOMORROW" }),
        said: WELL,
      },
      {
        name: "a chart whose last bar, of the running session, is null",
        breaks: ({ yahoo }) => yahoo.charts.set("PETR4.SA", mondayChart("PETR4.SA", "16:45:00", null)),
        said: WELL,
      },
    ],
  },
  {
    title: "quotes are taken from charts, which do not say how late they are",
    answer: CURRENT.replace(" (atraso de 15 min)", ""),
    faults: [
      { name: "401 for ever", breaks: quotes(REFUSED), said: WELL },
      { name: "HTML in place of quotes", breaks: quotes(PAGE), said: WELL },
      { name: "half JSON in place of quotes", breaks: quotes("half JSON"), said: WELL },
    ],
  },
  {
    // AAPL: 10 x 271.00 x 5.30 (Thursday's trade) against 10 x 270.00 x 5.30.
    title: "there are closes, and no quotes",
    answer: `\
Ana Souza · cliente123 — R$ 22.713,00 · no último pregão +0,60% (+R$ 136,50)

desde 05/10/2026 +10,95% · 635% do CDI · -25,6 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso  no último pregão  resultado (R$)
AAPL            10   US$ 250,00  US$ 271,00   14.363,00  63,2%            +0,37%       +1.238,00
PETR4          100        30,00       38,00    3.800,00  16,7%            +1,01%         +800,00
VALE3           50        55,00       60,00    3.000,00  13,2%            +1,01%         +250,00
HGLG11          10       150,00      155,00    1.550,00   6,8%            +1,01%          +50,00

cotações de 20/11/2026 · câmbio de 19/11/2026 17:00 · CDI até 19/11 · IBOV até 19/11 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
Sem cotação nova desde: AAPL (20/11/2026), PETR4 (19/11/2026), VALE3 (19/11/2026), HGLG11 (19/11/2026)
`,
    faults: [
      {
        name: "429 for ever",
        breaks: quotes(TOO_MANY),
        said: [
          CLOSES,
          NO_QUOTES,
          SERIES,
          `Yahoo Finance · A fonte pediu para esperar (muitas consultas): ${ALL}. Tente de novo em alguns minutos.`,
          KEPT,
        ],
      },
      {
        name: 'a crumb that is "Too Many Requests" with 200',
        breaks: ({ yahoo }) => yahoo.fail({ on: "crumb", with: { body: "Too Many Requests" } }),
        said: [
          CLOSES,
          NO_QUOTES,
          SERIES,
          `Yahoo Finance · A fonte pediu para esperar (muitas consultas): ${ALL}. Tente de novo em alguns minutos.`,
          KEPT,
        ],
      },
      {
        name: "slow quotes, and a chart that stops after its first byte",
        breaks: ({ yahoo }) =>
          yahoo.fail(
            { on: "quote", with: { delayMs: 4_000 } },
            { on: "chart", symbol: "VALE3.SA", with: { stallMs: 4_000 } },
          ),
        said: [
          CLOSES_BUT_ONE,
          NO_QUOTES,
          SERIES,
          "Yahoo Finance · A fonte demorou demais para responder: VALE3.SA, AAPL, HGLG11.SA, PETR4.SA, ^BVSP, ^GSPC, ^IXIC, BRL=X, EURBRL=X. Tente de novo.",
          KEPT,
        ],
      },
    ],
  },
  {
    title: "Yahoo gives nothing",
    answer: `\
Ana Souza · cliente123 — R$ 22.660,00 · em 19/11 +1,62% (+R$ 360,25)

desde 05/10/2026 +10,95% · 635% do CDI · -25,6 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso  em 19/11  resultado (R$)
AAPL            10   US$ 250,00  US$ 270,00   14.310,00  63,2%    +1,97%       +1.185,00
PETR4          100        30,00       38,00    3.800,00  16,8%    +1,01%         +800,00
VALE3           50        55,00       60,00    3.000,00  13,2%    +1,01%         +250,00
HGLG11          10       150,00      155,00    1.550,00   6,8%    +1,01%          +50,00

cotações de 19/11/2026 · câmbio de 19/11/2026 17:00 · CDI até 19/11 · IBOV até 19/11 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
Sem cotação nova desde: AAPL (19/11/2026), PETR4 (19/11/2026), VALE3 (19/11/2026), HGLG11 (19/11/2026)
`,
    faults: (
      [
        ["HTML in place of everything", PAGE],
        ["half JSON in place of everything", "half JSON"],
        ["every answer dropped in the middle", "dropped mid-body"],
      ] as const
    ).map(([name, fault]) => ({
      name,
      breaks: quotesAndCharts(fault),
      said: [
        NO_CLOSES,
        NO_QUOTES,
        SERIES,
        `Yahoo Finance · A fonte respondeu algo que não é um preço: ${ALL}. Tente de novo mais tarde.`,
        KEPT,
      ],
    })),
  },
  {
    title: "there is no network",
    answer: `\
Ana Souza · cliente123 — R$ 22.660,00 · em 19/11 +1,62% (+R$ 360,25)

desde 05/10/2026 +10,55% · 612% do CDI · -26,0 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso  em 19/11  resultado (R$)
AAPL            10   US$ 250,00  US$ 270,00   14.310,00  63,2%    +1,97%       +1.185,00
PETR4          100        30,00       38,00    3.800,00  16,8%    +1,01%         +800,00
VALE3           50        55,00       60,00    3.000,00  13,2%    +1,01%         +250,00
HGLG11          10       150,00      155,00    1.550,00   6,8%    +1,01%          +50,00

cotações de 19/11/2026 · câmbio de 19/11/2026 17:00 · CDI até 18/11 · IBOV até 19/11 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
Sem cotação nova desde: AAPL (19/11/2026), PETR4 (19/11/2026), VALE3 (19/11/2026), HGLG11 (19/11/2026)
`,
    faults: [
      {
        name: "every connection dropped at once",
        breaks: (book) => {
          book.failBcb("refused_connection");
          for (const on of ["page", "crumb", "quote", "chart"] as const)
            book.yahoo.fail({ on, with: "dropped at once" });
        },
        code: 1,
        said: [
          NO_CLOSES,
          NO_QUOTES,
          NO_SERIES,
          `Yahoo Finance · Sem conexão com a fonte: ${ALL}. Confira a rede e tente de novo.`,
          "Banco Central · Sem conexão com a fonte: CDI, SELIC, IPCA, EURBRL. Confira a rede e tente de novo.",
          "Banco Central · A fonte vem falhando e não foi consultada por um minuto: IGPM, USDBRL. Tente de novo depois.",
          KEPT,
        ],
      },
    ],
  },
  {
    title: "the quote of PETR4 cannot be used: its close stands, and no change is made up",
    answer: `\
Ana Souza · cliente123 — R$ 22.912,55 · hoje +1,12% (+R$ 253,75)

desde 05/10/2026 +12,45% · 700% do CDI · -25,5 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso    hoje  resultado (R$)
AAPL            10   US$ 250,00  US$ 272,70   14.589,45  63,7%  +1,96%       +1.464,45
PETR4          100        30,00       38,00    3.800,00  16,6%   0,00%         +800,00
VALE3           50        55,00       59,40    2.970,00  13,0%  -1,00%         +220,00
HGLG11          10       150,00      155,31    1.553,10   6,8%  +0,20%          +53,10

cotações de 23/11/2026 13:45 (atraso de 15 min) · câmbio de 23/11/2026 13:45 · CDI até 19/11 · IBOV até 23/11/2026 13:45 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
Preço desatualizado: PETR4 (19/11/2026)
`,
    faults: (
      [
        [
          'a price that is the text "41,88"',
          { regularMarketPrice: "41,88" },
          "Preço inválido na fonte, não usado: PETR4.SA.",
        ],
        [
          "a price that is null",
          { regularMarketPrice: null },
          "Preço inválido na fonte, não usado: PETR4.SA.",
        ],
        ["no time", { regularMarketTime: undefined }, "Preço sem horário confiável, não usado: PETR4.SA."],
        [
          "a time to come",
          { regularMarketTime: Date.parse("2026-11-23T18:45:00Z") / 1_000 },
          "Preço sem horário confiável, não usado: PETR4.SA.",
        ],
        [
          "a price in dollars",
          { currency: "USD" },
          "A fonte cota em moeda diferente da cadastrada, preço não usado: PETR4.SA. Corrija a moeda no arquivo de ativos.",
        ],
      ] as const
    ).map(([name, fields, reason]) => ({
      name,
      breaks: told("PETR4.SA", fields),
      said: [CLOSES, QUOTES_BUT_ONE, SERIES, `Yahoo Finance · ${reason}`, KEPT],
    })),
  },
  {
    title: "VALE3 is unknown to the source",
    answer: `\
Ana Souza · cliente123 — R$ 23.018,55 · hoje +1,59% (+R$ 359,75)

desde 05/10/2026 +12,97% · 729% do CDI · -24,9 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso    hoje  resultado (R$)
AAPL            10   US$ 250,00  US$ 272,70   14.589,45  63,4%  +1,96%       +1.464,45
PETR4          100        30,00       38,76    3.876,00  16,8%  +2,00%         +876,00
VALE3           50        55,00       60,00    3.000,00  13,0%   0,00%         +250,00
HGLG11          10       150,00      155,31    1.553,10   6,7%  +0,20%          +53,10

cotações de 23/11/2026 13:45 (atraso de 15 min) · câmbio de 23/11/2026 13:45 · CDI até 19/11 · IBOV até 23/11/2026 13:45 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
Preço desatualizado: VALE3 (19/11/2026)
`,
    faults: [
      {
        name: "no quote of VALE3, and 404 for its chart",
        breaks: ({ yahoo }) => {
          yahoo.quotes.delete("VALE3.SA");
          yahoo.charts.delete("VALE3.SA");
        },
        said: [
          CLOSES_BUT_ONE,
          QUOTES_BUT_ONE,
          SERIES,
          "Yahoo Finance · Sem cotação: VALE3.SA. Confira o código; se o ativo mudou de código ou não é negociado, corrija com um arquivo de ativos ou de preços.",
          KEPT,
        ],
      },
    ],
  },
  {
    // Its close of Friday at the rate of now: 10 x 271.00 x 5.35 = 14,498.50 against 10 x 270.00 x 5.28 = 14,256.00.
    title: "the quote of AAPL is in pence",
    answer: `\
Ana Souza · cliente123 — R$ 22.897,60 · no último pregão +1,29% (+R$ 291,60)

desde 05/10/2026 +12,38% · 696% do CDI · -25,5 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso  no último pregão  resultado (R$)
AAPL            10   US$ 250,00  US$ 271,00   14.498,50  63,3%            +1,70%       +1.373,50
PETR4          100        30,00       38,76    3.876,00  16,9%            +2,00%         +876,00
VALE3           50        55,00       59,40    2.970,00  13,0%            -1,00%         +220,00
HGLG11          10       150,00      155,31    1.553,10   6,8%            +0,20%          +53,10

cotações de 23/11/2026 13:45 (atraso de 15 min) · câmbio de 23/11/2026 13:45 · CDI até 19/11 · IBOV até 23/11/2026 13:45 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
Sem cotação nova desde: AAPL (20/11/2026)
`,
    faults: [
      {
        name: "the currency GBp",
        breaks: told("AAPL", { currency: "GBp" }),
        said: [
          CLOSES,
          QUOTES_BUT_ONE,
          SERIES,
          "Yahoo Finance · Moeda desconhecida na fonte, preço não usado: AAPL.",
          KEPT,
        ],
      },
    ],
  },
  {
    // The rate before is the source's close of Friday: 10 x 271.00 x 5.32 = 14,417.20.
    title: "Banco Central gives nothing: the newest rates are of the 18th",
    answer: `\
Ana Souza · cliente123 — R$ 22.988,55 · hoje +0,97% (+R$ 221,35)

desde 05/10/2026 +12,83% · 744% do CDI · -25,1 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso    hoje  resultado (R$)
AAPL            10   US$ 250,00  US$ 272,70   14.589,45  63,5%  +1,19%       +1.464,45
PETR4          100        30,00       38,76    3.876,00  16,9%  +2,00%         +876,00
VALE3           50        55,00       59,40    2.970,00  12,9%  -1,00%         +220,00
HGLG11          10       150,00      155,31    1.553,10   6,8%  +0,20%          +53,10

cotações de 23/11/2026 13:45 (atraso de 15 min) · câmbio de 23/11/2026 13:45 · CDI até 18/11 · IBOV até 23/11/2026 13:45 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
`,
    faults: [
      ...(
        [
          ["an error as XML with 200", "xml"],
          ["406", "window_refused"],
        ] as const
      ).map(([name, fault]) => ({
        name,
        breaks: ({ failBcb }: MarketBook) => failBcb(fault),
        said: [
          CLOSES,
          QUOTES,
          NO_SERIES,
          "Banco Central · A fonte respondeu algo que não é um preço: CDI, SELIC, IPCA, IGPM, USDBRL, EURBRL. Tente de novo mais tarde.",
          KEPT,
        ],
      })),
      {
        name: "no connection",
        breaks: ({ failBcb }) => failBcb("refused_connection"),
        said: [
          CLOSES,
          QUOTES,
          NO_SERIES,
          "Banco Central · Sem conexão com a fonte: CDI, SELIC, IPCA, EURBRL. Confira a rede e tente de novo.",
          "Banco Central · A fonte vem falhando e não foi consultada por um minuto: IGPM, USDBRL. Tente de novo depois.",
          KEPT,
        ],
      },
    ],
  },
];

let thursday: MarketBook;
/** All that the book knew before anything went wrong. */
let known: Awaited<ReturnType<typeof historyOf>>;

beforeAll(async () => {
  thursday = await openThursday();
  known = await historyOf(thursday);
});

afterAll(() => thursday.close());

it("the book is current on Thursday evening", async () => {
  // 10 x 270.00 x 5.30 against 10 x 267.30 x 5.25; each share against one per cent less, rounded to the cent.
  expect(await thursday.ask("/carteira cliente123")).toBe(`\
Ana Souza · cliente123 — R$ 22.660,00 · hoje +1,62% (+R$ 360,25)

desde 05/10/2026 +10,55% · 612% do CDI · -26,0 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso    hoje  resultado (R$)
AAPL            10   US$ 250,00  US$ 270,00   14.310,00  63,2%  +1,97%       +1.185,00
PETR4          100        30,00       38,00    3.800,00  16,8%  +1,01%         +800,00
VALE3           50        55,00       60,00    3.000,00  13,2%  +1,01%         +250,00
HGLG11          10       150,00      155,00    1.550,00   6,8%  +1,01%          +50,00

cotações de 19/11/2026 · câmbio de 19/11/2026 17:00 · CDI até 18/11 · IBOV até 19/11 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
`);
});

describe.concurrent.each(OUTCOMES)("$title", { timeout: 90_000 }, ({ answer, faults }) => {
  it.each(faults)("$name", async ({ breaks, said, code = 0 }) => {
    const book = await openMonday(thursday);
    try {
      breaks(book);
      const refresh = await refreshed(book);
      expect(await book.ask("/carteira cliente123")).toBe(answer);
      expect(refresh).toEqual({ code, said: said.map((line) => `${line}\n`).join("") });

      book.yahoo.heal();
      book.failBcb(null);
      tellMonday(book);
      expect((await refreshed(book)).code).toBe(0);
      expect(await book.ask("/carteira cliente123")).toBe(CURRENT);
      const { prices, bronze } = await historyOf(book);
      expect(prices).toEqual(expect.arrayContaining(known.prices));
      expect(bronze).toEqual(expect.arrayContaining(known.bronze));
    } finally {
      await book.close();
    }
  });
});

describe.concurrent("over the day", { timeout: 90_000 }, () => {
  it("a source that falls silent after the opening is told, with the times of its last prices, while the market is open", async () => {
    const book = await openMonday(thursday, "14:45:00");
    try {
      book.at("2026-11-23T15:00:00Z");
      expect((await refreshed(book)).code).toBe(0);
      const morning = `\
Ana Souza · cliente123 — R$ 22.988,55 · hoje +1,46% (+R$ 329,75)

desde 05/10/2026 +12,83% · 721% do CDI · -25,1 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso    hoje  resultado (R$)
AAPL            10   US$ 250,00  US$ 272,70   14.589,45  63,5%  +1,96%       +1.464,45
PETR4          100        30,00       38,76    3.876,00  16,9%  +2,00%         +876,00
VALE3           50        55,00       59,40    2.970,00  12,9%  -1,00%         +220,00
HGLG11          10       150,00      155,31    1.553,10   6,8%  +0,20%          +53,10

cotações de 23/11/2026 11:45 (atraso de 15 min) · câmbio de 23/11/2026 11:45 · CDI até 19/11 · IBOV até 23/11/2026 11:45 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
`;
      expect(await book.ask("/carteira cliente123")).toBe(morning);

      book.at("2026-11-23T17:00:00Z");
      quotesAndCharts("dropped at once")(book);
      await refreshed(book);
      expect(await book.ask("/carteira cliente123")).toBe(
        `${morning}Sem cotação nova desde: AAPL (23/11/2026 11:45), PETR4 (23/11/2026 11:45), VALE3 (23/11/2026 11:45), HGLG11 (23/11/2026 11:45)\n`,
      );

      // The next morning it is yesterday's change, and is called so.
      book.at("2026-11-24T12:00:00Z");
      const next = morning
        .replace("· hoje +1,46%", "· em 23/11 +1,46%")
        .replace("    hoje  resultado", "  em 23/11  resultado")
        .replaceAll(/%( {2}[+-]\d,\d\d% )/g, "%  $1");
      expect(await book.ask("/carteira cliente123")).toBe(next);
    } finally {
      await book.close();
    }
  });

  it("a chart without the close of a session that is over leaves the session's last quote", async () => {
    const book = await openMonday(thursday, "21:00:00");
    try {
      book.at("2026-11-23T23:00:00Z");
      book.yahoo.charts.set("PETR4.SA", mondayChart("PETR4.SA", "21:00:00", null));
      book.series.set("USDBRL", [
        ...(book.series.get("USDBRL") ?? []),
        { day: "2026-11-23", value: "5.3500" },
      ]);
      const refresh = await refreshed(book);
      // The return is of closes alone: 100 x 38.00 of PETR4 until there is a newer one, (22,988.55 - 76.00) / 20,375.00.
      expect(await book.ask("/carteira cliente123")).toBe(`\
Ana Souza · cliente123 — R$ 22.988,55 · hoje +1,46% (+R$ 329,75)

desde 05/10/2026 +12,45% · 700% do CDI · -25,5 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso    hoje  resultado (R$)
AAPL            10   US$ 250,00  US$ 272,70   14.589,45  63,5%  +1,96%       +1.464,45
PETR4          100        30,00       38,76    3.876,00  16,9%  +2,00%         +876,00
VALE3           50        55,00       59,40    2.970,00  12,9%  -1,00%         +220,00
HGLG11          10       150,00      155,31    1.553,10   6,8%  +0,20%          +53,10

cotações de 23/11/2026 18:00 (atraso de 15 min) · câmbio de 23/11/2026 18:00 · CDI até 19/11 · IBOV até 23/11 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
`);
      const others = [QUOTES.replace("13:45", "18:00"), SERIES.replace("USDBRL 19", "USDBRL 23")];
      expect(refresh.said.split("\n")).toEqual([
        "Fechamentos: 7 de 7 ativos e índices responderam, 9 preços novos até 23/11/2026 (Yahoo Finance).",
        ...others,
        "",
      ]);

      tellMonday(book, "21:00:00");
      expect((await refreshed(book)).said.split("\n")).toEqual([
        "Fechamentos: 7 de 7 ativos e índices responderam, 1 preço novo até 23/11/2026 (Yahoo Finance).",
        ...others,
        "",
      ]);
      expect(await book.ask("/carteira cliente123")).toBe(`\
Ana Souza · cliente123 — R$ 22.988,55 · hoje +1,46% (+R$ 329,75)

desde 05/10/2026 +12,83% · 721% do CDI · -25,1 p.p. vs IBOV

ativo   quantidade  preço médio       preço  valor (R$)   peso    hoje  resultado (R$)
AAPL            10   US$ 250,00  US$ 272,70   14.589,45  63,5%  +1,96%       +1.464,45
PETR4          100        30,00       38,76    3.876,00  16,9%  +2,00%         +876,00
VALE3           50        55,00       59,40    2.970,00  12,9%  -1,00%         +220,00
HGLG11          10       150,00      155,31    1.553,10   6,8%  +0,20%          +53,10

cotações de 23/11/2026 · câmbio de 23/11/2026 18:00 · CDI até 19/11 · IBOV até 23/11 · IPCA até out/26 · fontes: Yahoo Finance, Banco Central
`);
    } finally {
      await book.close();
    }
  });
});
