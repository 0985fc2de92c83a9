const day = (isoDay: string): string => isoDay.split("-").reverse().join("/");

/** What the commands about calendars and instruments say, in Portuguese. */
export const MARKET_PT = {
  calendar: {
    today: (isoDay: string, session: boolean, bankDay: boolean): string =>
      `Hoje, ${day(isoDay)}: ${session ? "pregão da B3" : "sem pregão da B3"}, ${bankDay ? "dia útil dos bancos" : "bancos fechados"}`,
    late: (time: string): string => `abre mais tarde, às ${time}`,
    open: (since: string, until: string): string => `Agora: aberto desde ${since}, até ${until}`,
    closed: "Agora: fechado",
    next: (isoDay: string, opens: string, closes: string): string =>
      `Próximo pregão: ${day(isoDay)}, das ${opens} às ${closes} (horário de Brasília)`,
    nextUnknown: (year: string): string => `Próximo pregão: não se sabe, falta o calendário de ${year}`,
    last: (isoDay: string): string => `Último pregão encerrado: ${day(isoDay)}`,
    rest: (year: number, days: number): string => `${year}: ${days} dias de semana sem pregão`,
    restDay: (isoDay: string, bankDay: boolean): string =>
      `${day(isoDay)}  ${bankDay ? "sem pregão, bancos abertos" : "sem pregão, bancos fechados"}`,
    lateDay: (isoDay: string, time: string): string => `${day(isoDay)}  pregão a partir de ${time}`,
  },
  instruments: {
    columns: ["código", "nome", "classe", "moeda", "yahoo", "origem", "apelidos"],
    origins: { file: "arquivo", builtin: "tabela", inferred: "código" },
    none: "Nenhum ativo assim.",
    merged: (code: string, successor: string): string =>
      `${code} virou ${successor} numa incorporação: lance a conversão`,
    leftOut: (count: number): string =>
      `${count} ${count === 1 ? "ativo ficou" : "ativos ficaram"} de fora por não ter classe; veja com --unknown --csv`,
    toFill: (count: number): string =>
      `Preencha a classe de ${count} ${count === 1 ? "ativo" : "ativos"} antes de carregar o arquivo.`,
  },
};
