/** Portuguese words of the client report and of the talk about it. */
export const ptStatement = {
  statement: {
    title: "Relatório da carteira",
    kind: "Relatório gerencial",
    subject: "Relatório gerencial de carteira de investimentos",
    months: [
      "Janeiro",
      "Fevereiro",
      "Março",
      "Abril",
      "Maio",
      "Junho",
      "Julho",
      "Agosto",
      "Setembro",
      "Outubro",
      "Novembro",
      "Dezembro",
    ],
    monthOf: (month: string, year: string) => `${month} de ${year}`,
    untilDay: (period: string, day: string) => `${period}, até ${day}`,
    betweenDays: (from: string, to: string) => `${from} a ${to}`,
    sinceStart: (to: string) => `Desde o início, até ${to}`,
    page: "página {page} de {pages}",
    demoMark: "DEMONSTRAÇÃO",

    cover: {
      client: "Cliente",
      code: "Código",
      period: "Período",
      broker: "Assessor",
      intermediary: "Intermediário",
      currency: "Moeda-base",
      asOf: "Posição em",
      notice:
        "Relatório gerencial: não é o extrato oficial. Valores brutos de imposto; rentabilidade passada não garante resultados futuros. Veja os avisos ao fim.",
    },
    tiles: {
      value: (day: string) => `Patrimônio em ${day}`,
      partial: (count: string, several: boolean) =>
        `sem ${count} ${several ? "posições que não têm preço" : "posição que não tem preço"}`,
      gain: "Resultado do período",
      return: "Rentabilidade do período",
      cdi: "CDI do período",
      ofCdi: (percent: string) => `${percent} do CDI`,
      beside: (name: string, percent: string) => `${name} ${percent}`,
      moved: (amount: string) => `entradas menos saídas: ${amount}`,
    },

    returns: {
      title: "Rentabilidade",
      period: "Período",
      year: "No ano",
      twelveMonths: "12 meses",
      inception: "Desde o início",
      portfolio: "Carteira",
      ofCdi: "% do CDI",
      chart: "Rentabilidade acumulada",
      chartFrom: (from: string, to: string) => `do fechamento de ${from} ao de ${to}`,
      months: "Mês a mês",
      month: "Mês",
      value: "Patrimônio",
      moved: "Entradas − saídas",
      gain: "Resultado",
      total: "No quadro",
      none: "Ainda não há pregões no período: rentabilidade e resultado ficam desconhecidos.",
      monthsNote:
        "Patrimônio de cada mês no fechamento do último pregão. Entradas menos saídas: compras, aportes e transferências que entraram, menos vendas, retiradas e proventos que saíram.",
      weekend: (session: string, day: string) =>
        `O patrimônio do quadro é o do fechamento de ${session}; o da capa é o de ${day} e inclui o que muda em dias sem pregão.`,
    },

    result: {
      title: "De onde veio o resultado",
      total: "Resultado do período",
      rounded: "Parcelas arredondadas a centavos; a soma é feita com oito casas e fecha exatamente.",
      movement: "Movimentação do patrimônio",
      opening: (day: string) => `Patrimônio em ${day}`,
      openingNone: "Patrimônio inicial",
      moved: "Entradas menos saídas",
      gain: "Resultado",
    },

    positions: {
      title: (day: string) => `Posições em ${day}`,
      titleLive: (moment: string) => `Posições em ${moment}`,
      none: "Nenhuma posição em carteira nesta data.",
      asset: "Ativo",
      average: "Preço médio",
      quantity: "Quantidade",
      price: "Preço",
      value: "Valor",
      weight: "Peso",
      gain: "Resultado em aberto",
      total: "Total",
      allocation: "Alocação por classe",
      unpriced: (list: string) => `Sem preço, fora dos totais: ${list}. O valor é desconhecido, e não zero.`,
      noCost: (list: string) => `Custo não informado nos arquivos, resultado desconhecido: ${list}.`,
      onCurve: "na curva",
      byOperation: "última operação",
      noPrice: "sem preço",
      shortSale: "Peso calculado sobre a soma dos valores sem sinal, por haver posição vendida.",
    },

    operations: {
      title: "Operações do período",
      none: "Nenhuma operação no período.",
      count: (count: string, several: boolean) => `${count} ${several ? "operações" : "operação"}`,
      more: (count: string) => `Este relatório lista até este ponto; há mais ${count} operações no período.`,
      total: "Total",
    },

    income: {
      title: "Proventos do período",
      none: "Nenhum provento creditado no período.",
      byMonth: "Por mês",
      byAsset: "Por ativo",
      net: "Líquido",
      noRate: "Total desconhecido: faltou a taxa de câmbio de alguma data de crédito.",
    },

    fees: {
      title: "Taxas do período",
      none: "Nenhuma taxa nas operações do período.",
      byType: "Operação",
      count: "Operações com taxa",
      inResult: (amount: string) => `Taxas descontadas do resultado do período: ${amount}.`,
    },

    method: {
      title: "Método e fontes",
      lines: {
        value:
          "Valor: quantidade vezes o último preço conhecido na data, convertido pela última PTAX de venda. Sem preço, o valor é desconhecido e fica fora dos totais.",
        curve: "CDB, LCI e LCA: na curva, pelas taxas da compra, sem descontar imposto.",
        average:
          "Preço médio: custo das compras com taxas dividido pela quantidade, por ativo; a venda não o altera. Day trade fica fora dele.",
        twr: "Rentabilidade (TWR): retornos diários encadeados entre fechamentos de pregões da B3, que não dependem do tamanho de aportes e retiradas. Períodos contam do último fechamento antes do primeiro dia.",
        gain: "Resultado: preço + proventos + câmbio − taxas, somado dia a dia.",
        index:
          "CDI: produto das taxas diárias entre os dois fechamentos. IBOV: razão dos fechamentos. % do CDI: rentabilidade dividida pelo CDI, só onde o CDI é positivo.",
        income: "Proventos: contam na data do crédito, líquidos do imposto que o arquivo informa.",
      },
      sources: (names: string) => `Fontes: ${names}.`,
      stale: "Preços a observar",
    },

    notices: {
      title: "Avisos",
      managerial: (intermediary: string) =>
        `Este é um relatório gerencial, preparado pelo assessor a partir dos registros que mantém. Não é o extrato oficial e não o substitui: valem as posições e os extratos de ${intermediary} e da B3 (Área do Investidor).`,
      past: "Rentabilidade passada não representa garantia de resultados futuros.",
      gross:
        "Valores e rentabilidades são brutos de imposto de renda e não consideram impostos a pagar na venda ou no resgate.",
      noAdvice: "Este material é informativo: não é oferta nem recomendação de compra ou venda.",
      ombudsman: (intermediary: string, contact: string) => `Ouvidoria de ${intermediary}: ${contact}`,
      demo: "Dados sintéticos de demonstração: cliente, operações, preços e intermediário são inventados.",
    },

    footer: {
      made: (moment: string) => `Gerado em ${moment}`,
      asOf: (moment: string) => `dados de ${moment}`,
      run: (id: string) => `execução ${id}`,
    },

    demoIntermediary: "Corretora Exemplo S.A. (fictícia)",
    demoOmbudsman: "0800 000 0000 · ouvidoria@corretora.example",

    chat: {
      ready: (client: string, period: string) => `Relatório de ${client} — ${period}`,
      pages: "Relatório gerencial em PDF, para você: nada foi enviado ao cliente.",
      defaultPeriod: "Sem período dito, vale o último mês encerrado.",
      toCheck: (count: string, several: boolean) =>
        `Antes de entregar, confira ${count} ${several ? "pontos" : "ponto"} nos dados deste cliente: npx carteira findings.`,
      unpriced: (count: string, several: boolean) =>
        `${count} ${several ? "posições sem preço aparecem" : "posição sem preço aparece"} como valor desconhecido.`,
      whichClient: "De qual cliente é o relatório?",
      whichClientHint: "Encontrei mais de um:",
      clientMissing: "De qual cliente é o relatório?",
      clientMissingHint: "Diga o código ou o nome, como em “relatório do cliente123 de outubro”.",
      periodUnclear: (text: string) => `Não entendi o período “${text}”.`,
      periodHint:
        "Diga um mês, um ano ou duas datas que já começaram: “de outubro/2026”, “do ano”, “de janeiro a março”.",
      notSetUp: "O relatório ainda não pode ser feito: falta dizer quem é o intermediário.",
      notSetUpHint: (settings: string) =>
        `Quem administra define ${settings} (nome do intermediário e contato da ouvidoria, que o relatório precisa trazer) e reinicia o serviço.`,
      busy: "Há relatórios demais sendo feitos agora.",
      busyHint: "Tente de novo em um minuto.",
    },
  },
};
