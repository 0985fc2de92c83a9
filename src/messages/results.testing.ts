import type { AnswerData } from "../answers/answer.ts";
import { Decimal } from "../money/decimal.ts";
import {
  sampleAllocation as allocation,
  sampleHeadline as headline,
  samplePeriod as period,
  sampleHolding,
  samplePortfolio,
  sampleSeries,
} from "./answers.testing.ts";

const d = Decimal.parse;

const clients = [
  {
    client: "cliente123",
    name: "Ana Souza",
    value: d("412380.12"),
    baseCurrency: "BRL",
    twrPercent: d("4.2"),
  },
  {
    client: "cliente7",
    name: "João Antônio da Conceição Albuquerque",
    value: null,
    baseCurrency: "BRL",
    twrPercent: d("-1.07"),
  },
  { client: "cliente9", name: "Bia Prado", value: d("98000"), baseCurrency: "USD", twrPercent: d("0.001") },
];

/** One result of every intent. */
export const sampleResults: readonly AnswerData[] = [
  { intent: "portfolio", data: samplePortfolio },
  { intent: "holding", data: sampleHolding },
  { intent: "allocation", data: { ...headline, grouping: "class", value: d("412380.12"), allocation } },
  {
    intent: "performance",
    data: {
      ...headline,
      gain: {
        price: d("40000"),
        income: d("9000.5"),
        currency: d("-800.25"),
        fees: d("200.25"),
        total: d("48000"),
      },
      series: sampleSeries(),
    },
  },
  {
    intent: "movers",
    data: {
      client: "cliente123",
      clientName: "Ana Souza",
      baseCurrency: "BRL",
      period: { kind: "today", from: "2026-11-19", to: "2026-11-20", shortened: false },
      movers: [
        { asset: "VALE3", name: "Vale ON", changePercent: d("-2.1"), change: d("-840") },
        { asset: "PETR4", name: "Petrobras PN", changePercent: d("3.2"), change: d("1490.2") },
        { asset: "ITUB4", name: "Itaú Unibanco PN", changePercent: d("0.4"), change: d("120") },
      ],
    },
  },
  {
    intent: "history",
    data: {
      client: "cliente123",
      clientName: "Ana Souza",
      asset: null,
      period,
      operations: [
        {
          date: "2026-11-18",
          type: "compra",
          asset: "PETR4",
          quantity: d("100"),
          price: d("37.9"),
          amount: d("3790"),
          fees: d("4.9"),
          currency: "BRL",
        },
        {
          date: "2026-10-02",
          type: "venda",
          asset: "AAPL",
          quantity: d("2.5"),
          price: d("189.3333"),
          amount: d("473.33"),
          fees: d("0"),
          currency: "USD",
        },
        {
          date: "2026-09-15",
          type: "aporte",
          asset: null,
          quantity: null,
          price: null,
          amount: d("10000"),
          fees: d("0"),
          currency: "BRL",
        },
      ],
      more: 6,
    },
  },
  {
    intent: "income",
    data: {
      client: "cliente123",
      clientName: "Ana Souza",
      baseCurrency: "BRL",
      period,
      total: d("3210.55"),
      byAsset: [
        { asset: "PETR4", type: "dividendo", total: d("1890") },
        { asset: "HGLG11", type: "rendimento", total: d("1320.55") },
      ],
      byMonth: [
        { month: "2026-09", total: d("1320.55") },
        { month: "2026-11", total: d("1890") },
      ],
    },
  },
  {
    intent: "ranking",
    data: { period: { ...period, kind: "month_to_date" }, direction: "up", clients },
  },
  {
    intent: "holders",
    data: {
      asset: "PETR4",
      name: "Petrobras PN",
      currency: "BRL",
      holders: clients.map(({ client, name, value }) => ({
        client,
        name,
        value,
        quantity: d("1250"),
        weightPercent: d("11.5"),
      })),
      totalQuantity: d("3750"),
      more: 0,
      totalValue: d("142950"),
      unpriced: 1,
    },
  },
  {
    intent: "aum",
    data: {
      value: d("24380120"),
      currency: "BRL",
      clients: 60,
      dayChange: d("-75000"),
      dayChangePercent: d("-0.31"),
      allocation,
      largest: [{ client: "cliente123", name: "Ana Souza", value: d("412380.12") }],
    },
  },
  {
    intent: "risk",
    data: {
      client: "cliente123",
      clientName: "Ana Souza",
      baseCurrency: "BRL",
      period,
      sessions: 251,
      volatilityPercent: d("12.4"),
      drawdown: { percent: d("-8.21"), peak: "2026-03-03", trough: "2026-04-09", recovery: null },
      largest: [
        { asset: "PETR4", weightPercent: d("11.55") },
        { asset: "VALE3", weightPercent: d("9.7") },
      ],
      herfindahl: d("0.0912"),
      aboveFgc: [{ issuer: "Banco XYZ", value: d("310000") }],
    },
  },
  {
    intent: "quote",
    data: {
      asset: "PETR4",
      name: "Petrobras PN",
      currency: "BRL",
      price: d("38.12"),
      priceAt: "2026-11-20T19:42:00Z",
      previousClose: d("37.8"),
      dayChangePercent: d("0.84"),
    },
  },
  { intent: "clients", data: { clients, more: 57 } },
  { intent: "help", data: null },
];
