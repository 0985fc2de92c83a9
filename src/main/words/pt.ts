/** What the command line says, in Portuguese. English has the same entries. */
export const PT = {
  seeHelp: "Veja os exemplos com --help.",
  unexpected:
    "Algo inesperado deu errado e nada foi publicado pela metade. Tente de novo; se repetir, rode `npx carteira doctor` " +
    "ou o mesmo comando com CARTEIRA_LOG=debug para ver os detalhes.",
  interrupted: "Interrompido. Nada ficou publicado pela metade.",
  unknownCommand: (name: string): string => `Não conheço o comando "${name}".`,
  unknownOption: (option: string): string => `Não conheço a opção ${option}.`,
  optionNeedsValue: (option: string): string => `A opção ${option} precisa de um valor.`,
  optionTakesNoValue: (option: string): string => `A opção ${option} não leva valor.`,
  optionMissing: (option: string): string => `Falta a opção ${option}.`,
  optionNotAllowed: (option: string, value: string, allowed: string): string =>
    `"${value}" não serve para ${option}. Pode ser: ${allowed}.`,
  badSetting: (setting: string, value: string, allowed: string): string =>
    `A configuração ${setting} está como "${value}", mas só aceita: ${allowed}.`,
  argumentMissing: (what: string): string => `Falta ${what}.`,
  tooManyArguments: (word: string): string => `Não sei o que fazer com "${word}".`,
  badInstant: (text: string): string =>
    `"${text}" não é uma data. Use --at 2026-11-20 ou --at 2026-11-20T15:30:00-03:00.`,
  badPort: (text: string): string =>
    `"${text}" não é uma porta. Use um número de 0 a 65535 (0 = qualquer uma livre).`,
  badClientCount: (text: string, min: number, max: number): string =>
    `"${text}" não serve para --clients. Use um número inteiro de ${min} a ${max}.`,

  theFile: "o arquivo a carregar",
  theText: "a pergunta, entre aspas",
  theUpload: "o envio (veja `npx carteira uploads`)",
  theClientAndAsset: "o cliente e o ativo",

  noBook: (folder: string): string =>
    `Ainda não há carteiras em ${folder}. Rode \`npx carteira demo\` para um exemplo, ou carregue seus arquivos com ` +
    "`npx carteira ingest clientes.csv operacoes.csv --as admin`.",
  emptyBook: (folder: string): string =>
    `Ainda não há dados publicados em ${folder}. Carregue os arquivos com \`npx carteira ingest\`.`,
  unfinishedDemo: (folder: string): string =>
    `A demonstração em ${folder} ainda não ficou pronta. Rode \`npx carteira demo\` de novo.`,
  brokenHome: (file: string): string =>
    `Não consigo ler ${file}. Ele foi alterado ou veio de outra versão; restaure-o de uma cópia.`,
  homeNotUsable: (folder: string): string =>
    `Não consigo criar ou gravar em ${folder}. Confira o caminho e a permissão da pasta.`,
  homeIsFile: (folder: string): string =>
    `${folder} é um arquivo, e não uma pasta. Escolha outra com --home.`,
  stateNewer: "Estes dados foram gravados por uma versão mais nova da Carteira. Atualize o programa.",
  stateUnreadable: (folder: string): string =>
    `Não consigo abrir o banco de estado em ${folder}. Rode \`npx carteira doctor\`.`,
  busy: "Outro processo está carregando arquivos há muito tempo. Espere ele terminar e tente de novo.",
  overtaken:
    "O computador ficou parado no meio do processamento e outro processo assumiu. Nada ficou pela metade; rode de novo.",
  overtakenUpload:
    "Outro envio substituiu este no mesmo instante. Veja `npx carteira uploads` e tente de novo.",
  waitingForOther: "Outro processo está carregando arquivos; esperando a vez",
  diskFull: "O disco está cheio. Libere espaço e rode de novo; nada foi publicado pela metade.",
  noPermission: (path: string): string => `Sem permissão para ${path}.`,

  fileCount: (count: number): string => `${count} arquivos`,
  fileMissing: (file: string): string => `${file}: arquivo não encontrado.`,
  fileIsFolder: (file: string): string => `${file}: é uma pasta; indique os arquivos.`,
  fileEmpty: (file: string): string => `${file}: o arquivo está vazio.`,
  fileForbidden: (file: string): string => `${file}: sem permissão de leitura.`,
  fileUnreadable: (file: string): string => `${file}: não consigo abrir o arquivo.`,

  uploadNotFound: (id: string): string =>
    `Não há envio ${id}. Veja os que existem com \`npx carteira uploads\`.`,
  uploadNotActive: (id: string, status: string): string =>
    `O envio ${id} não pode ser desfeito: está "${status}".`,
  uploadReplaced: (id: string): string =>
    `O envio ${id} já foi substituído por outro; veja o substituto com \`npx carteira uploads\`.`,
  undone: (id: string, file: string): string =>
    `Envio ${id} (${file}) desfeito; as carteiras já estão sem ele.`,
  restored: (id: string): string => `O envio ${id}, que ele tinha substituído, voltou a valer.`,
  undoCommand: (id: string): string => `npx carteira undo ${id}`,
  noUploads: "Nenhum arquivo foi carregado ainda.",
  moreUploads: (limit: number): string => `Só os ${limit} envios mais recentes; veja mais com --limit.`,
  uploadColumns: ["envio", "recebido", "situação", "tipo", "linhas", "rejeitadas", "arquivo"],
  statuses: {
    received: "recebido",
    active: "ativo",
    repeated: "repetido",
    not_promoted: "não promovido",
    replaced: "substituído",
    undone: "desfeito",
    failed: "recusado",
  },

  theAssetAndDate: "o ativo e a data do evento",
  badDay: (text: string): string => `"${text}" não é uma data. Use 2026-11-20 ou 20/11/2026.`,
  noActions: "Nenhum evento corporativo foi carregado ainda.",
  noPendingActions: "Nenhum evento corporativo espera confirmação.",
  actionColumns: ["data", "ativo", "tipo", "fator ou valor", "situação", "fonte", "clientes"],
  actionTypes: {
    desdobramento: "desdobramento",
    grupamento: "grupamento",
    bonificacao: "bonificação",
    provento: "provento",
  },
  actionStatuses: { confirmado: "confirmado", inferido: "inferido", recusado: "recusado" },
  actionsWaiting: (count: number): string =>
    `${count === 1 ? "Um evento espera" : `${count} eventos esperam`} confirmação: ` +
    "`npx carteira actions confirm ATIVO DATA` ou `npx carteira actions reject ATIVO DATA`.",
  actionConfirmed: (name: string, holders: number): string =>
    `Confirmado: ${name}. Tinham o ativo no começo desse dia: ${holders} ${holders === 1 ? "cliente" : "clientes"}; ` +
    "quem já traz o evento nas próprias operações não o recebe de novo.",
  actionRejected: (name: string): string =>
    `Recusado: ${name}. Não muda quantidades nem ajusta preços anteriores.`,
  bonusCost: (cost: string): string => `Custo de cada ação nova: ${cost}.`,
  bonusWithoutCost:
    "Sem o custo que a empresa declara, o preço médio fica desconhecido; informe-o com --cost quando souber.",
  undoWith: (command: string): string => `Para desfazer: ${command}`,
  actionNotFound: (asset: string, day: string): string =>
    `Não há evento de ${asset} em ${day}. Veja os que existem com \`npx carteira actions\`.`,
  actionAmbiguous: (asset: string, day: string, types: string): string =>
    `Há mais de um evento de ${asset} em ${day}. Diga qual com --type: ${types}.`,
  actionDecided: (name: string, status: string): string => `${name}: já está "${status}"; nada mudou.`,

  unknownUser: (user: string): string =>
    `Não conheço o corretor "${user}". Ele precisa estar na coluna corretor do arquivo de clientes (ou use --as admin).`,
  clientNotFound: "Não encontrei esse cliente entre os seus.",
  holdingNotFound: "Não encontrei esse ativo nesse cliente.",

  demoOverReal: (folder: string): string =>
    `${folder} já guarda carteiras reais. A demonstração não se mistura com elas: use outra pasta com --home.`,
  demoThere: (folder: string, clients: number): string =>
    `A demonstração já está em ${folder}, com ${clients} clientes. Para outra, use outra pasta com --home.`,
  demoPrices:
    "este livro é uma demonstração e só usa preços simulados, que não se misturam com preços reais; " +
    "carregue este arquivo em outra pasta, com --home",
  demoReady: (folder: string, clients: number): string =>
    `Demonstração pronta em ${folder}: ${clients} clientes, dados sintéticos. Experimente:\n` +
    '  npx carteira ask "/carteira cliente123"\n' +
    "  npm start",
  demoMaking: "Gerando a carteira de demonstração",
  demoExtending: "Trazendo a demonstração até hoje",
  demoSubject: "demonstração",

  serving: (url: string): string => `Carteira em ${url} (Ctrl+C encerra)`,
  servingDemo: "Dados sintéticos de demonstração.",
  portTaken: (port: number): string => `A porta ${port} já está em uso. Escolha outra com --port ou PORT.`,
  portForbidden: (port: number): string =>
    `Sem permissão para usar a porta ${port}. Escolha uma acima de 1023.`,
  stopping: "Encerrando…",

  day: (isoDay: string): string => isoDay.split("-").reverse().join("/"),
  doctorSummary: (broken: number, warnings: number): string =>
    broken > 0
      ? `${broken} ${broken === 1 ? "problema" : "problemas"} para resolver.`
      : warnings > 0
        ? `Funciona, com ${warnings} ${warnings === 1 ? "aviso" : "avisos"}.`
        : "Tudo em ordem.",
  doctor: {
    node: (version: string): string => `Node ${version}`,
    nodeOld: (version: string): string => `Node ${version}: é preciso o 24 ou mais novo`,
    homeUsable: (folder: string): string => `pasta ${folder}: leitura e gravação`,
    homeNotUsable: (folder: string): string =>
      `pasta ${folder}: sem leitura ou gravação; confira a permissão`,
    homeMissing: (folder: string): string =>
      `pasta ${folder}: ainda não há carteiras; rode \`npx carteira demo\` ou \`npx carteira ingest\``,
    homeBroken: (file: string): string => `${file}: ilegível; restaure de uma cópia`,
    homeKind: (demo: boolean): string => (demo ? "dados de demonstração (sintéticos)" : "dados reais"),
    state: "banco de estado: abre e está íntegro",
    stateBroken: (detail: string): string => `banco de estado: ${detail}; restaure state.db de uma cópia`,
    stateMissing: "banco de estado: não existe; restaure state.db de uma cópia",
    gold: (runId: string, files: number): string =>
      `dados publicados: execução ${runId}, ${files} arquivos presentes`,
    goldDeep: (runId: string, files: number): string =>
      `dados publicados: execução ${runId}, ${files} arquivos conferidos pelo sha256`,
    goldNone: "dados publicados: nada ainda; carregue arquivos com `npx carteira ingest`",
    goldUnreadable:
      "dados publicados: o ponteiro ou o manifesto está ilegível; rode qualquer `ingest` para refazer",
    goldMissing: (count: number, key: string): string =>
      `dados publicados: ${count} ${count === 1 ? "arquivo falta" : "arquivos faltam"}, como ${key}`,
    goldChanged: (count: number, key: string): string =>
      `dados publicados: ${count} ${count === 1 ? "arquivo alterado" : "arquivos alterados"}, como ${key}`,
    inputsEqual: (uploads: number): string =>
      `publicação em dia com ${uploads === 1 ? "o envio ativo" : `os ${uploads} envios ativos`}`,
    inputsDiffer: (count: number): string =>
      `${count} ${count === 1 ? "envio ainda não está publicado" : "envios ainda não estão publicados"}; ` +
      "o próximo `ingest` ou `npm start` publica",
    calendar: (through: number): string => `calendário da B3 e dos bancos: até ${through}`,
    calendarEnding: (through: number): string =>
      `calendário da B3 e dos bancos: termina em ${through}; atualize o programa antes disso`,
    calendarEnded: (year: number): string =>
      `calendário da B3 e dos bancos: não cobre ${year}; atualize o programa`,
    priceAge: (day: string, sessions: number): string =>
      sessions === 0
        ? `preços: o mais novo é de ${day}, o último pregão`
        : `preços: o mais novo é de ${day}, ${sessions} ${sessions === 1 ? "pregão" : "pregões"} atrás`,
    priceNone: "preços: nenhum ainda; carregue um arquivo de preços",
    toCheckUnread: "dados: não consigo ler os pontos a conferir; rode `npx carteira doctor --deep`",
    toCheck: (count: number): string =>
      `dados: ${count} ${count === 1 ? "ponto" : "pontos"} a conferir; veja com \`npx carteira findings --as admin\``,
    disk: (free: string): string => `disco: ${free} livres`,
    diskLow: (free: string): string => `disco: só ${free} livres; libere espaço`,
    charts: "gráficos e fontes: desenham",
    chartsBroken: "gráficos e fontes: não desenham; rode `npm ci` de novo",
  },
};
