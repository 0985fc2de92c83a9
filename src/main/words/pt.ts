import { DELIVERY_PT } from "./delivery-pt.ts";
import { MARKET_PT } from "./market-pt.ts";
import { PEOPLE_PT } from "./people-pt.ts";

const WEB_ADDRESS = "um endereço sem caminho, como http://127.0.0.1:8080";
const TEAMS_SET =
  "o valor do portal do Azure; TEAMS_APP_ID, TEAMS_APP_PASSWORD e TEAMS_TENANT_ID só valem os três juntos";
/** What settings may be, in Portuguese; the schema says it in English. */
const ALLOWED: Readonly<Record<string, string>> = {
  PORT: "um número inteiro de 0 a 65535 (0 = qualquer porta livre)",
  CARTEIRA_LANG: "pt ou en",
  CARTEIRA_LOG: "error ou debug",
  CARTEIRA_B3_HOURS:
    'abertura-fechamento,abertura na Quarta-feira de Cinzas, como "10:00-18:00,13:00"; sem a última vale 13:00',
  CARTEIRA_STATE_URL:
    "o endereço de um banco PostgreSQL, postgres://usuário:senha@servidor:5432/banco; obrigatório com CARTEIRA_GLUE_JOB",
  CARTEIRA_STATE_SECRET:
    "o ARN de um segredo do AWS Secrets Manager com a senha do banco de CARTEIRA_STATE_URL",
  CARTEIRA_GLUE_JOB: "o nome de um job do AWS Glue; obrigatório com as configurações do Athena",
  CARTEIRA_PIPELINE_WAIT_SECONDS: "um número inteiro de 1 a 3600",
  CARTEIRA_DASHBOARD_URL: "o endereço https de um painel",
  CARTEIRA_LAKE_BUCKET:
    "o nome de um bucket do S3, como carteira-lake; obrigatório quando CARTEIRA_LAKE_KMS_KEY, CARTEIRA_GLUE_JOB ou as do Athena estão definidas",
  CARTEIRA_LAKE_KMS_KEY:
    "uma chave do AWS KMS pelo id, pelo ARN ou pelo alias (alias/…), definida junto com CARTEIRA_LAKE_BUCKET",
  CARTEIRA_ATHENA_WORKGROUP: "o nome de um workgroup do Athena, exigido junto com CARTEIRA_ATHENA_DATABASE",
  CARTEIRA_ATHENA_DATABASE:
    "o nome de um banco do catálogo do Glue, exigido junto com CARTEIRA_ATHENA_WORKGROUP",
  CARTEIRA_REDSHIFT_WORKGROUP:
    "o nome de um workgroup do Redshift Serverless, exigido junto com as outras CARTEIRA_REDSHIFT_… e as do Athena",
  CARTEIRA_REDSHIFT_DATABASE:
    "o nome de um banco do Redshift, exigido junto com as outras CARTEIRA_REDSHIFT_… e as do Athena",
  CARTEIRA_REDSHIFT_COPY_ROLE:
    "o ARN do papel do IAM com que o Redshift lê o bucket, arn:aws:iam::123456789012:role/…, exigido junto com as outras CARTEIRA_REDSHIFT_…",
  CARTEIRA_BEFORE_OPEN_MINUTES: "um número inteiro de 0 a 480",
  CARTEIRA_AFTER_CLOSE_MINUTES: "um número inteiro de 0 a 300",
  CARTEIRA_DELIVERY_WINDOW_MINUTES: "um número inteiro de 1 a 1440",
  CARTEIRA_DELIVERY_ATTEMPTS: "um número inteiro de 1 a 50",
  CARTEIRA_DELIVERIES_PER_SECOND: "um número inteiro de 1 a 100",
  CARTEIRA_YAHOO_ORIGIN: WEB_ADDRESS,
  CARTEIRA_BCB_ORIGIN: WEB_ADDRESS,
  CARTEIRA_QUOTES_SECONDS: "um número inteiro de 0 a 3600 (0 = nunca)",
  CARTEIRA_SOURCE_TIMEOUT_SECONDS: "um número inteiro de 1 a 120",
  CARTEIRA_SOURCE_REQUESTS_PER_SECOND: "um número inteiro de 1 a 20",
  CARTEIRA_CONTACT: "um texto de até 200 caracteres",
  CARTEIRA_INTERMEDIARY: "um nome de até 120 caracteres",
  CARTEIRA_OMBUDSMAN: "um texto de até 200 caracteres",
  CARTEIRA_TURNS_PER_MINUTE: "um número inteiro de 1 a 1000",
  CARTEIRA_UPLOADS_PER_MINUTE: "um número inteiro de 1 a 1000",
  CARTEIRA_ALERTS_PER_HOUR: "um número inteiro de 1 a 60",
  SLACK_BOT_TOKEN: "o token do app, xoxb-…, exigido junto com SLACK_SIGNING_SECRET ou SLACK_APP_TOKEN",
  SLACK_SIGNING_SECRET:
    "o signing secret do app (eventos por HTTP); sem ele, SLACK_APP_TOKEN precisa estar definida (Socket Mode)",
  SLACK_APP_TOKEN: "um token xapp-…, para o Socket Mode",
  SLACK_API_URL: "o endereço de uma Web API, terminado em /, como http://127.0.0.1:8080/api/",
  SLACK_PORT: "um número inteiro de 0 a 65535 (0 = qualquer porta livre)",
  TEAMS_APP_ID: TEAMS_SET,
  TEAMS_APP_PASSWORD: TEAMS_SET,
  TEAMS_TENANT_ID: TEAMS_SET,
  TEAMS_PORT: "um número inteiro de 0 a 65535 (0 = qualquer porta livre)",
  TEAMS_LOCAL: "true ou false, e true só sem TEAMS_APP_ID, TEAMS_APP_PASSWORD e TEAMS_TENANT_ID",
};

/** What the command line says, in Portuguese. English has the same entries. */
export const PT = {
  ...DELIVERY_PT,
  ...MARKET_PT,
  ...PEOPLE_PT,
  digestWritten: (path: string): string => `Página e figuras gravadas: ${path}`,
  fileWritten: (path: string): string => `Arquivo gravado: ${path}`,
  fileNotWritten: (name: string): string =>
    `O arquivo ${name} não foi gravado. Para gravá-lo, repita com --out PASTA.`,
  outIsFile: (path: string): string => `${path} é um arquivo, e não uma pasta. Escolha outra com --out.`,
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
    `A configuração ${setting} está como "${value}", mas só aceita: ${ALLOWED[setting] ?? allowed}.`,
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
  stateUnreachable:
    "Não consigo usar o PostgreSQL de CARTEIRA_STATE_URL. Confira o endereço, a senha e se o servidor está no ar.",
  stateAbsent:
    "O PostgreSQL de CARTEIRA_STATE_URL não tem o estado destas carteiras. Confira o endereço, ou comece em outra pasta com --home.",
  lakeAway: {
    refused: (bucket: string): string =>
      `O S3 recusou o acesso ao bucket ${bucket}. Confira as credenciais da AWS (as temporárias vencem) e as permissões; ` +
      "docs/operations.md traz a lista.",
    absent: (bucket: string): string =>
      `O S3 não encontrou o bucket ${bucket}. Confira CARTEIRA_LAKE_BUCKET e a região, AWS_REGION.`,
    unable: (bucket: string): string =>
      `O armazenamento do bucket ${bucket} não respeita gravação condicional (If-Match, If-None-Match), e dois serviços se ` +
      "sobrescreveriam. Use o S3 da AWS, ou outro que a tenha.",
    busy: (bucket: string): string =>
      `O S3 está sobrecarregado e não atendeu a tempo (bucket ${bucket}). Espere alguns minutos e tente de novo; nada ficou pela metade.`,
    silent: (bucket: string): string =>
      `O S3 não responde (bucket ${bucket}). Confira a rede, a região (AWS_REGION) e, se definido, AWS_ENDPOINT_URL_S3; nada ficou pela metade.`,
  },
  engineFault: {
    refused:
      "O serviço da AWS que consulta as carteiras recusou o acesso. Confira as credenciais (as temporárias vencem) e as permissões com `npx carteira doctor`.",
    timeout:
      "A consulta às carteiras não terminou a tempo. Espere um minuto e tente de novo; se continuar, rode `npx carteira doctor`.",
  },
  engineAway: {
    not_ready: (engine: string, place: string): string =>
      `${engine} (${place}): o que está publicado ainda não foi carregado nele; o próximo arquivo carregado o traz.`,
    refused: (engine: string, place: string): string =>
      `${engine} (${place}): acesso recusado. Confira as credenciais da AWS (as temporárias vencem) e as permissões do papel; ` +
      "docs/warehouses.md traz a lista.",
    timeout: (engine: string, place: string): string =>
      `${engine} (${place}): não respondeu a tempo. Espere alguns minutos e tente de novo; se continuar, confira os limites do workgroup.`,
    failed: (engine: string, place: string): string =>
      `${engine} (${place}): a consulta falhou. Confira o workgroup, o banco, a região (AWS_REGION) e se as tabelas são as desta versão ` +
      "(a implantação da infraestrutura as cria).",
  },
  lakeLacks: (bucket: string): string =>
    `O bucket ${bucket} não tem um arquivo destas carteiras. Confira CARTEIRA_LAKE_BUCKET e rode \`npx carteira doctor\`.`,
  lakeTaken: (bucket: string, folder: string): string =>
    `O bucket ${bucket} já guarda carteiras cujo estado não está em ${folder}. Restaure essa pasta de uma cópia ` +
    "(home.json e state.db), defina CARTEIRA_STATE_URL se o estado está em PostgreSQL, ou escolha outro bucket.",
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
  nothingRejected: (id: string): string => `O envio ${id} não tem linhas recusadas guardadas.`,
  rejectedHint: (id: string): string =>
    `Para corrigir as linhas recusadas e enviar de novo: npx carteira rejected ${id} > recusadas.csv`,
  undoCommand: (id: string): string => `npx carteira undo ${id}`,
  lookCommand: "npx carteira uploads",
  stillLoading: (id: string): string =>
    `O envio ${id} está guardado e ainda está sendo processado. Para ver como ficou: npx carteira uploads`,
  undoing: "As carteiras ainda estão sendo recalculadas sem ele; leva alguns minutos.",
  pipelineFailed: (run: string): string =>
    "o processamento falhou três vezes, e nada deste arquivo foi carregado; ele está guardado. Envie-o de novo mais tarde " +
    `e, se falhar outra vez, avise quem cuida do sistema e informe a execução ${run}`,
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
  theClient: "o cliente",
  badMonth: (text: string): string => `"${text}" não é um mês. Use --month 2026-10.`,
  badPeriod: (from: string, to: string): string =>
    `De ${from} a ${to} não é um período que já começou. Use --from 2026-01-01 --to 2026-03-31, com o primeiro dia antes do último.`,
  monthOrDays: "Use --month, ou --from com --to; não os dois.",
  statementNotSetUp: (settings: string): string =>
    `O relatório precisa dizer quem é o intermediário e como falar com a ouvidoria dele: defina ${settings} ` +
    '(por exemplo, CARTEIRA_INTERMEDIARY="Corretora X S.A." CARTEIRA_OMBUDSMAN="0800 123 4567") e rode de novo.',
  statementWritten: (file: string): string =>
    `Relatório gravado em ${file}. É um relatório gerencial, e não o extrato oficial; confira antes de entregar.`,
  statementNotWritten: (file: string): string =>
    `Não consigo gravar ${file}. Confira a pasta e a permissão, ou escolha outro nome com --out.`,
  clientNotFound: "Não encontrei esse cliente entre os seus.",
  holdingNotFound: "Não encontrei esse ativo nesse cliente.",

  demoOnGlue: (folder: string): string =>
    `A demonstração se calcula sozinha, e não no AWS Glue. Tire CARTEIRA_GLUE_JOB das configurações para usá-la em ${folder}, ` +
    "ou escolha outra pasta com --home para as carteiras reais.",
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
  slackOverHttp: (port: number): string => `Slack: eventos em http://localhost:${port}/slack/events`,
  slackOverSocket: "Slack: conectado por Socket Mode",
  slackRefused: (setting: string, reason: string): string =>
    `Não consegui ligar o Slack (${reason}). Confira ${setting}; o passo a passo está em docs/slack.md.`,
  portTaken: (port: number): string => `A porta ${port} já está em uso. Escolha outra com --port ou PORT.`,
  portForbidden: (port: number): string =>
    `Sem permissão para usar a porta ${port}. Escolha uma acima de 1023.`,
  servingTeams: (url: string): string => `Teams em ${url}`,
  servingTeamsLocal: "Modo local do Teams: sem autenticação, só para o Agents Playground neste computador.",
  teamsPortTaken: (port: number): string =>
    `A porta ${port} do Teams já está em uso. Escolha outra com TEAMS_PORT.`,
  teamsPortForbidden: (port: number): string =>
    `Sem permissão para usar a porta ${port} para o Teams. Escolha uma acima de 1023 com TEAMS_PORT.`,
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
    engine: (engine: string, place: string): string => `${engine} (${place}): responde, com todas as tabelas`,
    engineReplaced: "Enquanto isso, o Athena responde no lugar.",
    lake: (bucket: string): string => `bucket ${bucket}: leitura, gravação e gravação condicional`,
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
    marketNever: "mercado: preços só de arquivos até aqui; `npx carteira refresh` busca os do mercado",
    marketLast: (moment: string): string => `mercado: preços buscados em ${moment}`,
    marketGap: (line: string): string => `mercado: ${line}`,
    deliveries: (confirmed: number, skipped: number): string =>
      `envios das últimas 24 h: ${confirmed} ${confirmed === 1 ? "entregue" : "entregues"}, ${skipped} não ${skipped === 1 ? "enviado" : "enviados"} por um motivo`,
    deliveriesMissing: (failed: number, unknown: number): string =>
      `envios das últimas 24 h: ${failed} ${failed === 1 ? "falhou" : "falharam"}, ${unknown} sem confirmação; veja com \`npx carteira deliveries --failed\``,
    pipelineIdle: (run: string | null): string =>
      run === null
        ? "pipeline no Glue: nada na fila, e nenhuma execução ainda"
        : `pipeline no Glue: nada na fila; a última execução, ${run}, terminou bem`,
    pipelineRunning: (run: string, status: string, minutes: number): string =>
      `pipeline no Glue: execução ${run} em andamento (${status}) há ${minutes} min`,
    pipelineSlow: (run: string, status: string, minutes: number): string =>
      `pipeline no Glue: execução ${run} parada em ${status} há ${minutes} min; veja o job no Glue e o log da Lambda`,
    pipelineWaiting: (count: number, minutes: number): string =>
      `pipeline no Glue: ${count === 1 ? "1 pedido espera" : `${count} pedidos esperam`} há ${minutes} min e nenhuma execução começou; ` +
      "a Lambda do pipeline e a agenda de cada minuto estão no ar?",
    pipelineFailed: (run: string, reason: string): string =>
      `pipeline no Glue: a última execução, ${run}, falhou (${reason}); veja o job no Glue`,
    deliveriesWaiting: (minutes: number): string =>
      `envios: o mais antigo espera há ${minutes} min; o serviço (npm start) está no ar?`,
    since: (subject: string, day: string): string => `${subject} (desde ${day})`,
    priceNone: "preços: nenhum ainda; carregue um arquivo de preços",
    toCheckUnread: "dados: não consigo ler os pontos a conferir; rode `npx carteira doctor --deep`",
    toCheck: (count: number): string =>
      `dados: ${count} ${count === 1 ? "ponto" : "pontos"} a conferir; veja com \`npx carteira findings --as admin\``,
    disk: (free: string): string => `disco: ${free} livres`,
    diskLow: (free: string): string => `disco: só ${free} livres; libere espaço`,
    charts: "gráficos e fontes: desenham",
    chartsBroken: "gráficos e fontes: não desenham; rode `npm ci` de novo",
  },

  andMore: (count: number): string => `e mais ${count}`,
  moment: (iso: string): string =>
    new Date(iso).toLocaleString("pt-BR", {
      timeZone: "America/Sao_Paulo",
      day: "2-digit",
      month: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    }),
  market: {
    subject: "preços de mercado",
    fetching: "Buscando preços no Yahoo Finance e no Banco Central",
    badHistory: (text: string): string => `"${text}" não é uma data. Use --history 2024-01-02.`,
    notInDemo: (folder: string): string =>
      `${folder} é uma demonstração e só usa preços simulados, que não se misturam com preços reais. Para preços de ` +
      "verdade, comece uma carteira sua em outra pasta: `npx carteira init --home PASTA`.",
    closes: (found: { asked: number; answered: number; fresh: number; newest: string | null }): string =>
      found.asked === 0
        ? "Fechamentos: nenhum ativo da carteira é cotado no Yahoo Finance."
        : `Fechamentos: ${found.answered} de ${found.asked} ativos e índices responderam, ${found.fresh} ${found.fresh === 1 ? "preço novo" : "preços novos"}` +
          `${found.newest === null ? "" : ` até ${found.newest}`} (Yahoo Finance).`,
    quotes: (asked: number, answered: number, newest: string | null): string =>
      `Cotações: ${answered} de ${asked}${newest === null ? "" : `, a mais nova de ${newest}`} (Yahoo Finance).`,
    series: (newest: readonly string[]): string =>
      newest.length === 0
        ? "Índices e câmbio: nenhum ponto novo (Banco Central)."
        : `Índices e câmbio até: ${newest.join(", ")} (Banco Central).`,
    requests: (count: number): string => `Consultas feitas: ${count}.`,
    actionsTaken: (names: string): string => `Eventos corporativos novos: ${names}.`,
    actionsToConfirm: (names: string): string =>
      `Eventos a confirmar: ${names}. Veja com \`npx carteira actions --pending\`.`,
    rejected: (rows: number): string =>
      `${rows} ${rows === 1 ? "linha das fontes foi recusada" : "linhas das fontes foram recusadas"}; veja com \`npx carteira uploads\`.`,
    merged: (code: string, successor: string): string =>
      `${code} virou ${successor} numa incorporação: lance a conversão no arquivo de operações (tipo conversao, ativo ${code}>${successor}).`,
    lastGood: "O que ficou sem preço novo mantém o último preço bom, com a data dele.",
    sources: { yahoo: "Yahoo Finance", bcb: "Banco Central" },
    gap: {
      no_answer: (names: string): string =>
        `Sem cotação: ${names}. Confira o código; se o ativo mudou de código ou não é negociado, corrija com um arquivo de ativos ou de preços.`,
      price_invalid: (names: string): string => `Preço inválido na fonte, não usado: ${names}.`,
      currency_invalid: (names: string): string => `Moeda desconhecida na fonte, preço não usado: ${names}.`,
      currency_differs: (names: string): string =>
        `A fonte cota em moeda diferente da cadastrada, preço não usado: ${names}. Corrija a moeda no arquivo de ativos.`,
      time_invalid: (names: string): string => `Preço sem horário confiável, não usado: ${names}.`,
      rate_limited: (names: string): string =>
        `A fonte pediu para esperar (muitas consultas): ${names}. Tente de novo em alguns minutos.`,
      unreachable: (names: string): string =>
        `Sem conexão com a fonte: ${names}. Confira a rede e tente de novo.`,
      timed_out: (names: string): string => `A fonte demorou demais para responder: ${names}. Tente de novo.`,
      unreadable: (names: string): string =>
        `A fonte respondeu algo que não é um preço: ${names}. Tente de novo mais tarde.`,
      circuit_open: (names: string): string =>
        `A fonte vem falhando e não foi consultada por um minuto: ${names}. Tente de novo depois.`,
    },
  },

  init: {
    begin: (folder: string): string => `Carteira nova em ${folder}.`,
    inDemo: (folder: string): string =>
      `${folder} é uma demonstração, que não se mistura com carteiras reais. Escolha outra pasta: \`npx carteira init --home PASTA\`.`,
    askClients: "Arquivo de clientes (CSV; Enter para ver o que é preciso): ",
    askFile: "Arquivo de operações, posições, ativos ou preços (Enter para terminar): ",
    whatIsNeeded: [
      "Falta um arquivo de clientes (cliente;nome;corretor) e, depois, os de operações ou posições.",
      "Modelos prontos para preencher: npx carteira init --templates modelos",
      "Com os arquivos em mãos:       npx carteira init clientes.csv operacoes.csv",
      "Arquivos da B3 não dizem de quem são; carregue-os depois: npx carteira ingest negociacao.xlsx --client ID --as CORRETOR",
    ],
    loading: (count: number): string => `1. Carregando ${count === 1 ? "1 arquivo" : `${count} arquivos`}`,
    notAllLoaded:
      "Nem tudo foi carregado: corrija o que está acima e rode `npx carteira init` de novo com o arquivo.",
    prices: "2. Buscando os primeiros preços",
    noPrices:
      "Os preços ficam para depois: rode `npx carteira refresh` quando houver rede. Até lá as respostas dizem o que está sem preço.",
    checking: "3. Conferindo",
    templateWritten: (path: string): string => `Modelo gravado: ${path}`,
    templateThere: (path: string): string => `Já existe e ficou como está: ${path}`,
    templatesNext: (folder: string): string =>
      `Troque as linhas de exemplo pelas suas e rode: npx carteira init ${folder}/clientes.csv ${folder}/operacoes.csv`,
    next: (client: string, broker: string): readonly string[] => [
      "Pronto. Experimente:",
      `  npx carteira ask "/carteira ${client}" --as ${broker}`,
      "  npm start",
    ],
  },
};
