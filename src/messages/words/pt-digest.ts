/** Portuguese words of the daily digest. */
export const ptDigest = {
  digest: {
    before: (day: string) => `Antes do pregão de ${day}`,
    after: (day: string) => `Fechamento de ${day}`,
    running: (day: string) => `Pregão de ${day}, até agora`,
    noSession: (day: string) => `Sem pregão em ${day}`,
    noSessionToday: (day: string, session: string) =>
      `Não há pregão na B3 em ${day}: os números são os do último, de ${session}.`,
    /** Nothing to say at all: one line. */
    nothing: (day: string, session: string) =>
      `Sem pregão em ${day}, e nada venceu nem foi creditado: vale o resumo do último pregão, de ${session}.`,
    emptyBook: "Nada a resumir: nenhum cliente tem posição.",
    emptyClient: "nada a resumir: nenhuma posição em carteira.",
    unknownValue: "valor desconhecido: faltam preços",
    against: (name: string, percent: string) => `${name} ${percent}`,
    periods: { day: "Pregão", month: "Mês", year: "Ano" },
    during: { day: "no pregão", month: "no mês", year: "no ano" },
    returnsLine: (period: string, percent: string, others: string) => `${period} ${percent} (${others})`,
    helped: (list: string) => `mais ajudaram: ${list}`,
    hurt: (list: string) => `mais pesaram: ${list}`,
    assets: (list: string) => `Ativos: ${list}`,
    nobodyMoved: (when: string) => `Nenhuma carteira variou ${when}.`,
    noAssetMoved: (when: string) => `Nenhum ativo variou ${when}.`,

    sessionOf: (day: string) => `Pregão de ${day}`,

    returns: "Rentabilidade",
    returnsUnknown: "Rentabilidade —: ainda não há dois pregões de histórico.",
    book: "Carteiras",
    howMeasured:
      "Todas as carteiras como uma só, em reais: valores e fluxos somados e encadeados por pregão (TWR), com proventos e taxas.",
    shortened: (day: string) => `O histórico começa em ${day}: o ano conta a partir daí.`,
    skipped: (count: string, several: boolean) =>
      `${count} ${several ? "pregões começaram" : "pregão começou"} sem capital e ${several ? "ficaram" : "ficou"} fora da rentabilidade.`,
    chartYear: "No ano contra CDI e IBOV",
    versus: (name: string) => `vs ${name} (p.p.)`,

    clients: "Clientes por efeito em reais",
    clientsLine: (said: string) => `Clientes: ${said}`,
    clientsChart: "De onde veio o resultado, por cliente",
    assetsTitle: "Ativos por efeito",
    assetsChart: "De onde veio o resultado, por ativo",
    restOfClients: "Demais clientes",
    restOfAssets: "Demais e caixa",
    rounding: "Arredondamento",
    sumOf: "Total",
    waterfall: (title: string, steps: string, total: string) =>
      `Gráfico de cascata, ${title}: ${steps}; total ${total}`,

    allocation: "Alocação",

    income: "Proventos",
    received: (amount: string, when: string) => `${amount} ${when}`,
    receivedUnknown: (when: string) => `— ${when} (faltou a taxa de câmbio de algum crédito)`,
    credited: (amount: string) => `creditados ${amount}`,
    noneReceived: (when: string) => `nada creditado ${when}`,
    receivedTitle: "Creditados, líquidos",
    announcedTitle: "Anunciados, brutos",
    announcedCount: (count: string, several: boolean) => `${count} ${several ? "anunciados" : "anunciado"}`,
    announcedOnly:
      "Só anunciado: o valor por unidade que a empresa comunicou, vezes a quantidade na véspera da data ex (ou a de hoje, se a data ainda não chegou). Não é crédito: valor e data podem mudar, e o imposto não está descontado.",
    columns: {
      period: "período",
      session: "pregão",
      month: "mês",
      exDay: "data ex",
      each: "por unidade",
      maturity: "vencimento",
      ofCdi: "% do CDI",
      priceOf: "preço de",
      problem: "o que há",
      file: "arquivo",
      rejected: "linhas recusadas",
      when: "quando",
      alert: "alerta",
    },

    maturities: "Vencimentos em 30 dias",
    maturing: (count: string, several: boolean) => `${count} ${several ? "aplicações" : "aplicação"}`,
    maturingToday: (count: string, several: boolean, amount: string) =>
      `hoje ${count} ${several ? "aplicações" : "aplicação"} (${amount})`,
    worthNow: "Valor de hoje da posição inteira, bruto: não é o valor a receber.",

    data: "A conferir",
    findings: (count: string, several: boolean) =>
      `${count} ${several ? "avisos nos dados" : "aviso nos dados"}`,
    stale: (count: string, several: boolean) =>
      `${count} ${several ? "preços a conferir" : "preço a conferir"}`,
    rejected: (count: string, several: boolean) =>
      `${count} ${several ? "linhas recusadas" : "linha recusada"}`,
    staleTitle: "Preços",
    findingsTitle: "Avisos",
    rejectedTitle: "Arquivos com linhas recusadas nos últimos 7 dias",
    staleReasons: {
      old: "desatualizado",
      late: "sem cotação nova",
      missing: "sem preço: fora dos valores",
      operation_price: "sem cotação: vale o da última operação",
    },

    alerts: "Alertas desde o último resumo",
    alertCount: (count: string, several: boolean) =>
      `${count} ${several ? "alertas" : "alerta"} desde o último resumo`,

    page: {
      title: "Resumo da carteira",
      pictures: "As figuras também estão em arquivos ao lado desta página.",
    },
  },
};
