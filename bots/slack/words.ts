import type { Message } from "../../src/messages/message.ts";

/** What the channel says by itself; answers have their words in the message catalogue. */
export interface Words {
  readonly share: string;
  readonly shareTitle: string;
  readonly shareText: (command: string) => string;
  readonly shareYes: string;
  readonly shareNo: string;
  /** `person` is a mention, made by us. */
  readonly sharedBy: (person: string) => string;
  readonly noPicture: string;
  readonly yourId: (id: string) => string;
  readonly receiving: (fileName: string) => string;
  readonly fileNotReadable: (fileName: string) => string;
  readonly fileHint: string;
  readonly fileTooLarge: (fileName: string, megabytes: number) => string;
  readonly fileTooLargeHint: string;
  readonly fileFailed: (fileName: string) => string;
  readonly fileFailedHint: (ref: string) => string;
  readonly filesInDirectMessage: string;
  readonly chooseClient: string;
  readonly choose: string;
  readonly cancel: string;
  readonly formLate: string;
  readonly failed: string;
  readonly failedHint: (ref: string) => string;
  readonly homeTitle: string;
  readonly homeHelp: string;
  readonly homeFiles: string;
}

const pt: Words = {
  share: "Compartilhar",
  shareTitle: "Compartilhar no canal?",
  shareText: (command) => `Todos neste canal verão a resposta a “${command}”, com os dados do cliente.`,
  shareYes: "Compartilhar",
  shareNo: "Cancelar",
  sharedBy: (person) => `Compartilhado por ${person}`,
  noPicture: "O gráfico não pôde ser mostrado agora.",
  yourId: (id) => `Seu código aqui: \`${id}\``,
  receiving: (fileName) => `Recebendo ${fileName}…`,
  fileNotReadable: (fileName) => `Não leio o arquivo ${fileName}.`,
  fileHint: "Envie a planilha como .csv, .txt, .tsv ou .xlsx.",
  fileTooLarge: (fileName, megabytes) => `${fileName} passa de ${megabytes} MB.`,
  fileTooLargeHint: "Divida-o em partes, ou peça a quem administra que o carregue com npx carteira ingest.",
  fileFailed: (fileName) => `Não consegui baixar ${fileName} do Slack. Nada dele foi aplicado às carteiras.`,
  fileFailedHint: (ref) =>
    `Envie de novo. Se continuar, informe o código ${ref} a quem administra o Carteira.`,
  filesInDirectMessage: "Envie arquivos na conversa direta comigo: aqui todos os veem.",
  chooseClient: "Escolha o cliente",
  choose: "Escolha",
  cancel: "Cancelar",
  formLate: "O Slack não esperou pela janela. Aperte o botão de novo.",
  failed: "Não consegui responder agora.",
  failedHint: (ref) => `Tente de novo. Se continuar, informe o código ${ref} a quem administra o Carteira.`,
  homeTitle: "Seu livro",
  homeHelp: "O que perguntar",
  homeFiles: "Solte um .csv ou .xlsx na aba Mensagens para carregar operações, posições ou clientes.",
};

const en: Words = {
  share: "Share",
  shareTitle: "Share in the channel?",
  shareText: (command) =>
    `Everybody in this channel will see the answer to “${command}”, with the client's data.`,
  shareYes: "Share",
  shareNo: "Cancel",
  sharedBy: (person) => `Shared by ${person}`,
  noPicture: "The chart could not be shown just now.",
  yourId: (id) => `Your code here: \`${id}\``,
  receiving: (fileName) => `Receiving ${fileName}…`,
  fileNotReadable: (fileName) => `I cannot read the file ${fileName}.`,
  fileHint: "Send the sheet as .csv, .txt, .tsv or .xlsx.",
  fileTooLarge: (fileName, megabytes) => `${fileName} is larger than ${megabytes} MB.`,
  fileTooLargeHint: "Split it, or ask the administrator to load it with npx carteira ingest.",
  fileFailed: (fileName) =>
    `I could not fetch ${fileName} from Slack. Nothing of it was applied to the portfolios.`,
  fileFailedHint: (ref) => `Send it again. If it goes on, tell code ${ref} to whoever administers Carteira.`,
  filesInDirectMessage: "Send files in our direct message: here everybody sees them.",
  chooseClient: "Choose the client",
  choose: "Choose",
  cancel: "Cancel",
  formLate: "Slack did not wait for the window. Press the button again.",
  failed: "I could not answer just now.",
  failedHint: (ref) => `Try again. If it goes on, tell code ${ref} to whoever administers Carteira.`,
  homeTitle: "Your book",
  homeHelp: "What to ask",
  homeFiles: "Drop a .csv or .xlsx in the Messages tab to load trades, positions or clients.",
};

export function wordsOf(language: "pt" | "en"): Words {
  return language === "en" ? en : pt;
}

/** A message of words alone: a headline and lines below it. */
export function notice(headline: string, ...lines: readonly string[]): Message {
  return {
    text: [headline, ...lines].join("\n"),
    headline,
    headlineTone: lines.length === 0 ? "neutral" : "warning",
    blocks: lines.map((text) => ({ kind: "text", text })),
    footer: [],
  };
}
