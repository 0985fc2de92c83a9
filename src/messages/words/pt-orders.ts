/** Portuguese words of what is told rather than asked, and of what is asked about the service itself. */
export const ptOrders = {
  upkeep: {
    command: "o que está desatualizado?",
    label: "O que conferir",
    fine: "Tudo em dia: preços atualizados e nada a conferir.",
    stale: (count: string, several: boolean) =>
      `${count} ${several ? "preços desatualizados" : "preço desatualizado"}`,
    staleTitle: "Preços",
    findingsTitle: "A conferir",
    priceOf: "preço de",
    state: "situação",
    reasons: {
      old: "desatualizado",
      late: "a fonte não atualiza",
      missing: "sem preço: carregue um arquivo de preços",
      operation_price: "só o preço da última operação",
    },
    look: "o que conferir",
  },

  uploads: {
    command: "últimos arquivos",
    label: "Últimos arquivos",
    none: "Nenhum arquivo enviado ainda.",
    hint: "Solte um .csv ou .xlsx na conversa para carregar operações, posições ou clientes.",
    headline: (count: string, several: boolean) => (several ? `Últimos ${count} arquivos` : "Último arquivo"),
    newest: (file: string, status: string) => `o mais novo, ${file}, ${status}`,
    file: "arquivo",
    when: "quando",
    loaded: "carregadas",
    rejected: "recusadas",
    state: "situação",
    sender: "quem",
    you: "você",
    states: {
      received: "em processamento",
      active: "carregado",
      repeated: "já estava carregado",
      not_promoted: "não carregado",
      replaced: "substituído por outro",
      undone: "desfeito",
      failed: "falhou",
    },
  },

  settings: {
    command: "configurações",
    label: "Configurações",
    headline: "Suas configurações.",
    language: "Idioma",
    languages: { pt: "Português", en: "Inglês" },
    ofQuestion: "o de cada pergunta",
    languageCommand: "idioma",
    languageForm: {
      open: "Trocar idioma",
      title: "Idioma das respostas",
      field: "Idioma",
      submit: "Salvar",
      command: (value: string) => `idioma ${value}`,
      values: { pt: "português", en: "inglês" },
    },
    languageSet: "Pronto: respondo em português daqui em diante.",
    languageNow: (language: string) => `Idioma das respostas: ${language}.`,
    languageUnknown: "Esse idioma eu não falo. Escolha português ou inglês.",
    languageLocal: "Aqui o idioma não fica guardado.",
    languageLocalHint:
      "Ele fica guardado para quem usa o Slack ou o Teams. Nesta página, troque-o no botão do alto; no terminal, com --lang.",
  },

  dashboard: {
    command: "painel",
    headline: "Painel da carteira de clientes.",
    hint: "Ele abre no navegador e pede o seu usuário do QuickSight.",
    open: "Abrir o painel",
    none: "Não há painel configurado aqui.",
    noneHint:
      "Quem administra o Carteira define o endereço do painel em CARTEIRA_DASHBOARD_URL. Enquanto isso, peça “patrimônio dos meus clientes”.",
  },

  importing: {
    told: (client: string, until: string) =>
      `O próximo arquivo que você enviar aqui até ${until} é de ${client}.`,
    hint: "Vale para um arquivo só, mesmo que ele seja recusado.",
    cancel: "Cancelar",
    cancelCommand: "cancelar importação",
    cancelled: "Certo: o próximo arquivo não está marcado para nenhum cliente.",
    notHere: "Aqui não recebo arquivos.",
    notHereHint: "Diga isto na conversa direta em que vai enviar o arquivo.",
    which: "De qual cliente é o próximo arquivo?",
    whichHint: "Para extratos da B3, que não dizem de quem são. Diga, por exemplo, “importar cliente123”.",
    noClients: "Você ainda não tem clientes no livro.",
    form: {
      open: "Escolher cliente",
      title: "Importar arquivo",
      field: "Cliente",
      submit: "Continuar",
      command: (value: string) => `importar ${value}`,
    },
  },
};
