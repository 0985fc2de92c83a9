import type { ptDigest } from "./pt-digest.ts";

/** English words of the daily digest. */
export const enDigest: typeof ptDigest = {
  digest: {
    before: (day) => `Before the session of ${day}`,
    after: (day) => `Close of ${day}`,
    running: (day) => `Session of ${day}, so far`,
    noSession: (day) => `No session on ${day}`,
    noSessionToday: (day, session) =>
      `There is no session of B3 on ${day}: the figures are those of the last one, ${session}.`,
    nothing: (day, session) =>
      `No session on ${day}, and nothing matured or was credited: the digest of the last session, ${session}, still holds.`,
    emptyBook: "Nothing to sum up: no client has a position.",
    emptyClient: "nothing to sum up: no open positions.",
    unknownValue: "value unknown: prices are missing",
    against: (name, percent) => `${name} ${percent}`,
    periods: { day: "Session", month: "Month", year: "Year" },
    during: { day: "in the session", month: "this month", year: "this year" },
    returnsLine: (period, percent, others) => `${period} ${percent} (${others})`,
    helped: (list) => `helped most: ${list}`,
    hurt: (list) => `hurt most: ${list}`,
    assets: (list) => `Assets: ${list}`,
    nobodyMoved: (when) => `No portfolio moved ${when}.`,
    noAssetMoved: (when) => `No asset moved ${when}.`,

    sessionOf: (day) => `Session of ${day}`,

    returns: "Return",
    returnsUnknown: "Return —: there are not two sessions of history yet.",
    book: "Portfolios",
    howMeasured:
      "All portfolios as one, in reais: values and flows added up and linked by session (TWR), with income and fees.",
    shortened: (day) => `The history starts on ${day}: the year counts from there.`,
    skipped: (count, several) =>
      `${count} ${several ? "sessions" : "session"} began without capital and ${several ? "are" : "is"} left out of the return.`,
    chartYear: "This year against CDI and IBOV",
    versus: (name) => `vs ${name} (pp)`,

    clients: "Clients by effect in reais",
    clientsLine: (said) => `Clients: ${said}`,
    clientsChart: "Where the result came from, by client",
    assetsTitle: "Assets by effect",
    assetsChart: "Where the result came from, by asset",
    restOfClients: "Other clients",
    restOfAssets: "Others and cash",
    rounding: "Rounding",
    sumOf: "Total",
    waterfall: (title, steps, total) => `Waterfall chart, ${title}: ${steps}; total ${total}`,

    allocation: "Allocation",

    income: "Income",
    received: (amount, when) => `${amount} ${when}`,
    receivedUnknown: (when) => `— ${when} (the exchange rate of some credit is missing)`,
    credited: (amount) => `${amount} credited`,
    noneReceived: (when) => `nothing credited ${when}`,
    receivedTitle: "Credited, net",
    announcedTitle: "Announced, gross",
    announcedCount: (count) => `${count} announced`,
    announcedOnly:
      "Announced only: what the company said a unit gets, times the units held on the eve of the ex day (or today's, where that day is still to come). It is no credit: amount and day may change, and tax is not taken off.",
    columns: {
      period: "period",
      session: "session",
      month: "month",
      exDay: "ex day",
      each: "a unit",
      maturity: "maturity",
      ofCdi: "% of CDI",
      priceOf: "price of",
      problem: "what it is",
      file: "file",
      rejected: "rejected rows",
      when: "when",
      alert: "alert",
    },

    maturities: "Maturities within 30 days",
    maturing: (count, several) => `${count} ${several ? "investments" : "investment"}`,
    maturingToday: (count, several, amount) =>
      `today ${count} ${several ? "investments" : "investment"} (${amount})`,
    worthNow: "Today's value of the whole position, gross: not the amount to be paid.",

    data: "To check",
    findings: (count, several) => `${count} ${several ? "warnings" : "warning"} in the data`,
    stale: (count, several) => `${count} ${several ? "prices" : "price"} to check`,
    rejected: (count, several) => `${count} rejected ${several ? "rows" : "row"}`,
    staleTitle: "Prices",
    findingsTitle: "Warnings",
    rejectedTitle: "Files with rejected rows in the last 7 days",
    staleReasons: {
      old: "out of date",
      late: "no new quote",
      missing: "no price: left out of the values",
      operation_price: "no quote: the last trade's price stands",
    },

    alerts: "Alerts since the last digest",
    alertCount: (count, several) => `${count} ${several ? "alerts" : "alert"} since the last digest`,

    page: {
      title: "Portfolio digest",
      pictures: "The pictures are also in files beside this page.",
    },
  },
};
