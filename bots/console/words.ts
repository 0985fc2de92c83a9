export type Language = "pt" | "en";

/** The words of the page itself; those of the answers come from the message catalogue. */
export interface Words {
  readonly lang: string;
  readonly title: string;
  readonly skip: string;
  readonly broker: string;
  readonly change: string;
  readonly clients: string;
  readonly filterClients: string;
  readonly moreClients: (count: number) => string;
  readonly theme: string;
  readonly otherLanguage: string;
  readonly otherLanguageLabel: string;
  readonly demo: string;
  readonly conversation: string;
  readonly composer: string;
  readonly placeholder: string;
  readonly send: string;
  readonly attach: string;
  readonly attachTitle: string;
  readonly attachHint: string;
  readonly chooseFiles: string;
  readonly client: string;
  readonly clientHint: string;
  readonly keys: string;
  readonly drop: string;
  readonly dropHint: string;
  readonly typing: string;
  readonly sent: (fileName: string) => string;
  readonly save: (fileName: string) => string;
  readonly welcome: (broker: string) => string;
  readonly welcomeText: string;
  readonly emptyBookText: string;
  readonly suggestions: (client: { readonly id: string; readonly name: string } | null) => readonly string[];
  readonly noBrokers: string;
  readonly noBrokersText: string;
  readonly unreachable: string;
  readonly tooLarge: (megabytes: number) => string;
  readonly tooLong: string;
  readonly busy: string;
  readonly notBroker: string;
  readonly failed: (ref: string) => string;
  readonly storeAway: (ref: string) => string;
  readonly scriptNeeded: string;
}

const pt: Words = {
  lang: "pt-BR",
  title: "Carteira",
  skip: "Ir para a conversa",
  broker: "Corretor",
  change: "Trocar",
  clients: "Clientes",
  filterClients: "Filtrar clientes",
  moreClients: (count) => `e mais ${count}: pergunte pelo nome`,
  theme: "Alternar entre claro e escuro",
  otherLanguage: "EN",
  otherLanguageLabel: "Switch to English",
  demo: "Dados sintéticos de demonstração",
  conversation: "Conversa",
  composer: "Sua pergunta",
  placeholder: "Pergunte ou solte um arquivo",
  send: "Enviar",
  attach: "Enviar arquivo",
  attachTitle: "Enviar arquivos",
  attachHint:
    "CSV ou XLSX: operações, posições ou extratos da B3. Também vale soltar o arquivo em qualquer lugar da página.",
  chooseFiles: "Escolher arquivos",
  client: "Cliente",
  clientHint: "Só para extratos da B3, que não dizem de quem são.",
  keys: "Enter envia · Shift+Enter quebra a linha · ↑ repete · / volta para cá",
  drop: "Solte para enviar",
  dropHint: "CSV ou XLSX",
  typing: "Carteira está respondendo",
  sent: (fileName) => `Arquivo ${fileName}`,
  save: (fileName) => `Salvar ${fileName}`,
  welcome: (broker) => `Olá, ${broker}.`,
  welcomeText:
    "Pergunte em português sobre os seus clientes, ou solte aqui um arquivo de operações. Para começar:",
  emptyBookText:
    "Ainda não há clientes por aqui. Como admin, solte nesta página o arquivo de clientes e depois o de operações.",
  suggestions: (client) => [
    ...(client === null
      ? []
      : [
          `/carteira ${client.id}`,
          `rentabilidade de ${client.name} em 12 meses contra o CDI`,
          `risco de ${client.name}`,
        ]),
    "ranking dos clientes no ano",
    "quanto tenho sob gestão?",
    "/carteira ajuda",
  ],
  noBrokers: "Nenhum corretor cadastrado ainda.",
  noBrokersText:
    "Carregue o arquivo de clientes, que diz quem atende quem, e recarregue esta página:\nnpx carteira ingest clientes.csv --as admin",
  unreachable:
    "Não consegui falar com o Carteira neste computador. Confira se ele ainda está rodando e envie de novo.",
  tooLarge: (megabytes) => `O arquivo passa de ${megabytes} MB. Divida-o em partes e envie cada uma.`,
  tooLong: "A pergunta é longa demais. Escreva em até 2.000 caracteres.",
  busy: "Ainda estou cuidando do que você enviou antes. Espere terminar e envie de novo.",
  notBroker: "Este corretor não está no arquivo de clientes. Escolha um da lista.",
  failed: (ref) =>
    `Algo falhou aqui. Envie de novo; se continuar, procure o código ${ref} no registro do programa.`,
  storeAway: (ref) =>
    `O armazenamento das carteiras não está respondendo. Tente de novo em alguns minutos; se continuar, rode npx carteira doctor (código ${ref} no registro).`,
  scriptNeeded: "Esta página precisa de JavaScript para conversar.",
};

const en: Words = {
  lang: "en",
  title: "Carteira",
  skip: "Skip to the conversation",
  broker: "Broker",
  change: "Switch",
  clients: "Clients",
  filterClients: "Filter clients",
  moreClients: (count) => `and ${count} more: ask by name`,
  theme: "Switch between light and dark",
  otherLanguage: "PT",
  otherLanguageLabel: "Mudar para português",
  demo: "Synthetic demonstration data",
  conversation: "Conversation",
  composer: "Your question",
  placeholder: "Ask, or drop a file",
  send: "Send",
  attach: "Send a file",
  attachTitle: "Send files",
  attachHint:
    "CSV or XLSX: operations, positions or B3 statements. You can also drop a file anywhere on the page.",
  chooseFiles: "Choose files",
  client: "Client",
  clientHint: "Only for B3 statements, which do not say whose they are.",
  keys: "Enter sends · Shift+Enter breaks the line · ↑ repeats · / comes back here",
  drop: "Drop to send",
  dropHint: "CSV or XLSX",
  typing: "Carteira is answering",
  sent: (fileName) => `File ${fileName}`,
  save: (fileName) => `Save ${fileName}`,
  welcome: (broker) => `Hello, ${broker}.`,
  welcomeText: "Ask about your clients, or drop a file of operations here. To start:",
  emptyBookText:
    "There are no clients here yet. As admin, drop the clients file on this page and then the operations.",
  suggestions: (client) => [
    ...(client === null
      ? []
      : [
          `/carteira ${client.id}`,
          `performance of ${client.name} in 12 months vs CDI`,
          `risk of ${client.name}`,
        ]),
    "ranking of clients this year",
    "total AUM",
    "/carteira help",
  ],
  noBrokers: "No broker is registered yet.",
  noBrokersText:
    "Load the clients file, which says who serves whom, and reload this page:\nnpx carteira ingest clientes.csv --as admin",
  unreachable: "I could not reach Carteira on this computer. Check that it is still running and send again.",
  tooLarge: (megabytes) => `The file is larger than ${megabytes} MB. Split it and send each part.`,
  tooLong: "The question is too long. Keep it within 2,000 characters.",
  busy: "I am still working on what you sent before. Wait for it to finish and send again.",
  notBroker: "This broker is not in the clients file. Choose one from the list.",
  failed: (ref) =>
    `Something failed here. Send it again; if it goes on, look for code ${ref} in the program's log.`,
  storeAway: (ref) =>
    `The store of the portfolios is not answering. Try again in some minutes; if it goes on, run npx carteira doctor (code ${ref} in the log).`,
  scriptNeeded: "This page needs JavaScript to talk.",
};

/** The page's words in the language of the session. */
export function wordsOf(language: Language): Words {
  return language === "en" ? en : pt;
}
