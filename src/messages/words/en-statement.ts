import type { ptStatement } from "./pt-statement.ts";

/** English words of the client report and of the talk about it. */
export const enStatement: typeof ptStatement = {
  statement: {
    title: "Portfolio report",
    kind: "Management report",
    subject: "Management report of an investment portfolio",
    months: [
      "January",
      "February",
      "March",
      "April",
      "May",
      "June",
      "July",
      "August",
      "September",
      "October",
      "November",
      "December",
    ],
    monthOf: (month, year) => `${month} ${year}`,
    untilDay: (period, day) => `${period}, up to ${day}`,
    betweenDays: (from, to) => `${from} to ${to}`,
    sinceStart: (to) => `Since the start, up to ${to}`,
    page: "page {page} of {pages}",
    demoMark: "DEMONSTRATION",

    cover: {
      client: "Client",
      code: "Code",
      period: "Period",
      broker: "Adviser",
      intermediary: "Intermediary",
      currency: "Base currency",
      asOf: "Position as of",
      notice:
        "Management report: not the official statement. Values are gross of tax; past returns are no guarantee of future results. See the notices at the end.",
    },
    tiles: {
      value: (day) => `Value on ${day}`,
      partial: (count, several) =>
        `without ${count} ${several ? "positions that have" : "position that has"} no price`,
      gain: "Gain of the period",
      return: "Return of the period",
      cdi: "CDI of the period",
      ofCdi: (percent) => `${percent} of the CDI`,
      beside: (name, percent) => `${name} ${percent}`,
      moved: (amount) => `in less out: ${amount}`,
    },

    returns: {
      title: "Returns",
      period: "Period",
      year: "Year to date",
      twelveMonths: "12 months",
      inception: "Since the start",
      portfolio: "Portfolio",
      ofCdi: "% of the CDI",
      chart: "Cumulative return",
      chartFrom: (from, to) => `from the close of ${from} to that of ${to}`,
      months: "Month by month",
      month: "Month",
      value: "Value",
      moved: "In − out",
      gain: "Gain",
      total: "All of these",
      none: "There are no sessions in the period yet: return and gain are unknown.",
      monthsNote:
        "Value of each month at the close of its last session. In less out: purchases, contributions and transfers that came in, less sales, withdrawals and income that went out.",
      weekend: (session, day) =>
        `The value of this table is that of the close of ${session}; the one on the cover is that of ${day}, with what changes on days without a session.`,
    },

    result: {
      title: "Where the gain came from",
      total: "Gain of the period",
      rounded: "Parts are rounded to cents; the sum is made with eight digits and is exact.",
      movement: "How the value moved",
      opening: (day) => `Value on ${day}`,
      openingNone: "Opening value",
      moved: "In less out",
      gain: "Gain",
    },

    positions: {
      title: (day) => `Positions on ${day}`,
      titleLive: (moment) => `Positions at ${moment}`,
      none: "Nothing is held on this day.",
      asset: "Instrument",
      average: "Average cost",
      quantity: "Quantity",
      price: "Price",
      value: "Value",
      weight: "Weight",
      gain: "Open gain",
      total: "Total",
      allocation: "Allocation by class",
      unpriced: (list) => `Without a price, left out of totals: ${list}. The value is unknown, not zero.`,
      noCost: (list) => `Cost not stated by any file, gain unknown: ${list}.`,
      onCurve: "on the curve",
      byOperation: "last trade",
      noPrice: "no price",
      shortSale: "Weights are of the sum of values without their signs, since there is a short position.",
    },

    operations: {
      title: "Operations of the period",
      none: "No operation in the period.",
      count: (count, several) => `${count} ${several ? "operations" : "operation"}`,
      more: (count) => `This report lists up to here; the period has ${count} operations more.`,
      total: "Total",
    },

    income: {
      title: "Income of the period",
      none: "No income was credited in the period.",
      byMonth: "By month",
      byAsset: "By instrument",
      net: "Net",
      noRate: "Total unknown: the exchange rate of some credit date was missing.",
    },

    fees: {
      title: "Fees of the period",
      none: "No fees in the operations of the period.",
      byType: "Operation",
      count: "Operations with fees",
      inResult: (amount) => `Fees taken from the gain of the period: ${amount}.`,
    },

    method: {
      title: "Method and sources",
      lines: {
        value:
          "Value: quantity times the last price known on the day, converted at the last PTAX sale rate. Without a price the value is unknown and left out of totals.",
        curve: "CDB, LCI and LCA: on the curve of the purchase's own terms, gross of tax.",
        average:
          "Average cost: cost of purchases with fees divided by the quantity, by instrument; a sale leaves it. Day trades stay outside of it.",
        twr: "Return (TWR): daily returns linked between closes of B3 sessions, which do not depend on the size of contributions and withdrawals. Periods count from the last close before their first day.",
        gain: "Gain: price + income + currency − fees, summed day by day.",
        index:
          "CDI: product of the daily rates between both closes. IBOV: ratio of closes. % of the CDI: return divided by the CDI, only where the CDI is positive.",
        income: "Income: counts on its credit date, net of the tax that the file states.",
      },
      sources: (names) => `Sources: ${names}.`,
      stale: "Prices to look at",
    },

    notices: {
      title: "Notices",
      managerial: (intermediary) =>
        `This is a management report, prepared by the adviser from the adviser's own records. It is not the official statement and does not replace it: what counts are the positions and statements of ${intermediary} and of B3 (Área do Investidor).`,
      past: "Past returns are no guarantee of future results.",
      gross: "Values and returns are gross of income tax and leave out tax due on a sale or redemption.",
      noAdvice: "This material informs: it is neither an offer nor a recommendation to buy or sell.",
      ombudsman: (intermediary, contact) => `Ombudsman (ouvidoria) of ${intermediary}: ${contact}`,
      demo: "Synthetic demo data: client, operations, prices and intermediary are invented.",
    },

    footer: {
      made: (moment) => `Made on ${moment}`,
      asOf: (moment) => `data of ${moment}`,
      run: (id) => `run ${id}`,
    },

    demoIntermediary: "Corretora Exemplo S.A. (fictitious)",
    demoOmbudsman: "0800 000 0000 · ouvidoria@corretora.example",

    chat: {
      ready: (client, period) => `Report of ${client} — ${period}`,
      pages: "Management report as PDF, for you: nothing was sent to the client.",
      defaultPeriod: "Where no period is said, it is the last month that has ended.",
      toCheck: (count, several) =>
        `Before handing it over, look at ${count} ${several ? "points" : "point"} in this client's data: npx carteira findings.`,
      unpriced: (count, several) =>
        `${count} ${several ? "positions without a price are" : "position without a price is"} shown as of unknown value.`,
      whichClient: "Whose report?",
      whichClientHint: "I found more than one:",
      clientMissing: "Whose report?",
      clientMissingHint: "Say the code or the name, as in “report of cliente123 for October”.",
      periodUnclear: (text) => `I did not understand the period “${text}”.`,
      periodHint:
        "Say a month, a year or two days that have begun: “for October 2026”, “this year”, “from January to March”.",
      notSetUp: "The report cannot be made yet: it is not said who the intermediary is.",
      notSetUpHint: (settings) =>
        `The administrator sets ${settings} (the intermediary's name and its ombudsman's contact, which the report has to bear) and restarts the service.`,
      busy: "Too many reports are being made right now.",
      busyHint: "Try again in a minute.",
    },
  },
};
