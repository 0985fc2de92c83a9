export type Language = "pt" | "en";

/** The words of the channel itself; those of the answers come from the message catalogue. */
export interface Words {
  readonly more: (count: number) => string;
  readonly cut: string;
  readonly welcome: string;
  readonly welcomeText: string;
  readonly welcomeGroup: string;
  readonly suggestions: readonly string[];
  readonly working: string;
  readonly answeredInPersonal: string;
  readonly openPersonal: string;
  readonly filesInPersonal: string;
  readonly tooLong: string;
  readonly busy: string;
  readonly emptyMessage: string;
  readonly unknownAccount: string;
  readonly yourId: (who: string) => string;
  readonly foreignHost: (fileName: string) => string;
  readonly fileTooLarge: (fileName: string, megabytes: number) => string;
  readonly downloadFailed: (fileName: string, ref: string) => string;
  readonly fileOffer: string;
  readonly fileSaved: (fileName: string) => string;
  readonly fileDeclined: (fileName: string) => string;
  readonly fileGone: string;
  readonly uploadFailed: (fileName: string, ref: string) => string;
  readonly chooseClient: string;
  readonly choose: string;
  readonly fillIn: string;
  readonly choiceGone: string;
  readonly failed: (ref: string) => string;
}

const pt: Words = {
  more: (count) => `mais ${count.toLocaleString("pt-BR")}`,
  cut: "A resposta é longa demais para o Teams; pergunte por uma parte dela.",
  welcome: "Olá! Sou o Carteira.",
  welcomeText:
    "Pergunte sobre os seus clientes, ou envie aqui um arquivo CSV ou XLSX de operações. Para começar:",
  welcomeGroup:
    "Olá! Sou o Carteira. Respondo a cada pessoa no chat pessoal dela, porque dados de clientes não ficam em grupos.",
  suggestions: ["carteira ajuda", "ranking dos clientes no ano", "quanto tenho sob gestão?"],
  working: "Um momento…",
  answeredInPersonal: "Respondi no seu chat pessoal com o Carteira.",
  openPersonal:
    "Dados de clientes não aparecem em grupos. Abra o chat pessoal com o Carteira, diga “oi” e pergunte por lá.",
  filesInPersonal: "Arquivos só no chat pessoal com o Carteira. Envie o arquivo por lá.",
  tooLong: "A pergunta é longa demais. Escreva em até 2.000 caracteres.",
  busy: "Ainda estou cuidando do que você enviou antes. Espere terminar e envie de novo.",
  emptyMessage: "Pergunte, por exemplo, “carteira ajuda”.",
  unknownAccount:
    "Não consegui reconhecer a sua conta. Use o Carteira com a conta de trabalho da sua empresa.",
  yourId: (who) => `O seu código, para quem administra: ${who}`,
  foreignHost: (fileName) =>
    `Não busquei ${fileName}: ele não está no OneDrive nem no SharePoint. Envie o arquivo pelo clipe do chat.`,
  fileTooLarge: (fileName, megabytes) =>
    `${fileName} passa de ${megabytes} MB. Divida-o em partes e envie cada uma.`,
  downloadFailed: (fileName, ref) =>
    `Não consegui buscar ${fileName}. Envie de novo; se continuar, informe o código ${ref} a quem administra o Carteira.`,
  fileOffer: "Linhas recusadas, com o motivo de cada uma, para corrigir e enviar de novo.",
  fileSaved: (fileName) => `${fileName} está no seu OneDrive.`,
  fileDeclined: (fileName) => `Certo, não guardei ${fileName}.`,
  fileGone: "Este arquivo já não está disponível. Envie o original de novo para recebê-lo.",
  uploadFailed: (fileName, ref) =>
    `Não consegui guardar ${fileName} no seu OneDrive. Tente de novo; se continuar, informe o código ${ref} a quem administra o Carteira.`,
  chooseClient: "De qual cliente é este arquivo?",
  choose: "Usar este cliente",
  fillIn: "Preencha este campo.",
  choiceGone: "O arquivo já não está à mão. Envie-o de novo e escolha o cliente.",
  failed: (ref) =>
    `Algo falhou aqui. Envie de novo; se continuar, informe o código ${ref} a quem administra o Carteira.`,
};

const en: Words = {
  more: (count) => `${count.toLocaleString("en-US")} more`,
  cut: "The answer is too long for Teams; ask for a part of it.",
  welcome: "Hello! I am Carteira.",
  welcomeText: "Ask about your clients, or send a CSV or XLSX file of operations here. To start:",
  welcomeGroup:
    "Hello! I am Carteira. I answer each person in their personal chat, since clients' data do not stay in groups.",
  suggestions: ["carteira help", "ranking of clients this year", "total AUM"],
  working: "One moment…",
  answeredInPersonal: "I answered in your personal chat with Carteira.",
  openPersonal:
    "Clients' data are not shown in groups. Open your personal chat with Carteira, say “hi” and ask there.",
  filesInPersonal: "Files only in the personal chat with Carteira. Send the file there.",
  tooLong: "The question is too long. Keep it within 2,000 characters.",
  busy: "I am still working on what you sent before. Wait for it to finish and send again.",
  emptyMessage: "Ask, for example, “carteira help”.",
  unknownAccount: "I could not recognise your account. Use Carteira with your company's work account.",
  yourId: (who) => `Your code, for the administrator: ${who}`,
  foreignHost: (fileName) =>
    `I did not fetch ${fileName}: it is neither on OneDrive nor on SharePoint. Send the file with the chat's paper clip.`,
  fileTooLarge: (fileName, megabytes) =>
    `${fileName} is larger than ${megabytes} MB. Split it and send each part.`,
  downloadFailed: (fileName, ref) =>
    `I could not fetch ${fileName}. Send it again; if it goes on, tell code ${ref} to whoever administers Carteira.`,
  fileOffer: "Rejected rows with the reason of each, to mend and send again.",
  fileSaved: (fileName) => `${fileName} is in your OneDrive.`,
  fileDeclined: (fileName) => `All right, I did not keep ${fileName}.`,
  fileGone: "This file is no longer available. Send the original again to get it.",
  uploadFailed: (fileName, ref) =>
    `I could not put ${fileName} in your OneDrive. Try again; if it goes on, tell code ${ref} to whoever administers Carteira.`,
  chooseClient: "Which client is this file of?",
  choose: "Use this client",
  fillIn: "Fill in this field.",
  choiceGone: "The file is no longer at hand. Send it again and choose the client.",
  failed: (ref) =>
    `Something failed here. Send it again; if it goes on, tell code ${ref} to whoever administers Carteira.`,
};

/** The channel's words in a language. */
export function wordsOf(language: Language): Words {
  return language === "en" ? en : pt;
}
