import type { Language } from "../questions/question.ts";

/** What is said about a turn itself: answers have their words in the message catalogue. */
export interface TurnWords {
  readonly unknownUser: string;
  readonly unknownUserHint: string;
  readonly strangerHint: (names: string) => string;
  readonly whoeverAdministers: string;
  readonly tooManyTurns: string;
  readonly tooManyUploads: string;
  readonly tooManyHint: string;
  readonly notSetUp: string;
  readonly notSetUpHint: string;
  readonly busy: string;
  readonly busyHint: string;
  readonly storeAway: string;
  readonly storeAwayHint: string;
  readonly engineRefused: string;
  readonly engineRefusedHint: string;
  readonly engineSlow: string;
  readonly engineSlowHint: string;
  readonly diskFull: string;
  readonly diskFullHint: string;
  readonly tooLarge: string;
  readonly tooLargeHint: string;
  readonly questionFailed: string;
  readonly uploadFailed: (fileName: string) => string;
  readonly uploadFailedHint: string;
  readonly ref: (ref: string) => string;
  readonly undone: (upload: string) => string;
  readonly undoing: (upload: string) => string;
  readonly undoingHint: string;
  readonly undoNotFound: (upload: string) => string;
  readonly undoNotFoundHint: string;
  readonly undoWhich: string;
  readonly undoWhichHint: string;
}

const pt: TurnWords = {
  unknownUser: "Ainda não sei quem você é.",
  unknownUserHint:
    "Peça a quem administra o Carteira na sua empresa que carregue o arquivo de clientes com o seu código na coluna corretor.",
  strangerHint: (names) => `Para ter acesso, fale com ${names}.`,
  whoeverAdministers: "quem administra a Carteira",
  tooManyTurns: "São perguntas demais em um minuto.",
  tooManyUploads: "São arquivos demais em um minuto.",
  tooManyHint: "Espere um minuto e envie de novo; o que chegar antes disso fica sem resposta.",
  notSetUp: "Ainda não há carteiras neste livro.",
  notSetUpHint:
    "Quem administra envia primeiro o arquivo de clientes e depois o de operações: por aqui, como admin, ou com npx carteira ingest clientes.csv operacoes.csv --as admin.",
  busy: "Outro arquivo ainda está sendo processado.",
  busyHint: "Espere ele terminar e envie de novo.",
  storeAway: "O armazenamento das carteiras não está respondendo.",
  storeAwayHint:
    "Tente de novo em alguns minutos; nada ficou pela metade. Se continuar, quem administra confere o bucket, a região e as credenciais com npx carteira doctor.",
  engineRefused: "O serviço que consulta as carteiras recusou o acesso.",
  engineRefusedHint:
    "Avise quem administra: as credenciais da AWS vencem e o papel precisa das permissões; npx carteira doctor mostra o que falta.",
  engineSlow: "A consulta às carteiras não terminou a tempo.",
  engineSlowHint:
    "Espere um minuto e pergunte de novo, ou pergunte de um período menor. Se continuar, avise quem administra.",
  diskFull: "O disco deste computador está cheio.",
  diskFullHint: "Libere espaço e tente de novo; nada ficou pela metade.",
  tooLarge: "O arquivo é grande demais para a conversa.",
  tooLargeHint: "Divida-o em partes, ou peça a quem administra que o carregue com npx carteira ingest.",
  questionFailed: "Não consegui responder agora.",
  uploadFailed: (fileName) => `Não consegui receber ${fileName}. Nada dele foi aplicado às carteiras.`,
  uploadFailedHint: "Envie o arquivo de novo; as linhas que já entraram não entram duas vezes.",
  ref: (ref) => `Tente de novo. Se continuar, informe o código ${ref} a quem administra o Carteira.`,
  undone: (upload) => `Envio ${upload} desfeito. As carteiras já estão sem ele.`,
  undoing: (upload) => `Envio ${upload} desfeito.`,
  undoingHint: "As carteiras ainda estão sendo recalculadas sem ele; leva alguns minutos.",
  undoNotFound: (upload) => `Não encontrei o envio ${upload} entre os seus.`,
  undoNotFoundHint: "Só quem enviou o arquivo pode desfazê-lo, e uma vez só.",
  undoWhich: "Qual envio?",
  undoWhichHint: "Diga o código que apareceu na resposta ao arquivo, como em “desfazer CÓDIGO”.",
};

const en: TurnWords = {
  unknownUser: "I do not know who you are yet.",
  unknownUserHint:
    "Ask whoever administers Carteira in your company to load the clients file with your code in its corretor column.",
  strangerHint: (names) => `To be let in, talk to ${names}.`,
  whoeverAdministers: "whoever administers Carteira",
  tooManyTurns: "That is too many questions in one minute.",
  tooManyUploads: "That is too many files in one minute.",
  tooManyHint: "Wait a minute and send it again; what comes before that is left unanswered.",
  notSetUp: "There are no portfolios in this book yet.",
  notSetUpHint:
    "The administrator sends the clients file first and then the operations: here, as admin, or with npx carteira ingest clientes.csv operacoes.csv --as admin.",
  busy: "Another file is still being processed.",
  busyHint: "Wait for it to finish and send again.",
  storeAway: "The store of the portfolios is not answering.",
  storeAwayHint:
    "Try again in some minutes; nothing was left half done. If it goes on, the administrator checks the bucket, the region and the credentials with npx carteira doctor.",
  engineRefused: "The service that reads the portfolios refused access.",
  engineRefusedHint:
    "Tell the administrator: AWS credentials expire and the role needs its permissions; npx carteira doctor shows what is missing.",
  engineSlow: "Reading the portfolios did not end in time.",
  engineSlowHint:
    "Wait a minute and ask again, or ask about a shorter period. If it goes on, tell the administrator.",
  diskFull: "This computer's disk is full.",
  diskFullHint: "Free some space and try again; nothing was left half done.",
  tooLarge: "The file is too large for the conversation.",
  tooLargeHint: "Split it, or ask the administrator to load it with npx carteira ingest.",
  questionFailed: "I could not answer just now.",
  uploadFailed: (fileName) => `I could not take ${fileName}. Nothing of it was applied to the portfolios.`,
  uploadFailedHint: "Send the file again; rows that are already in do not enter twice.",
  ref: (ref) => `Try again. If it goes on, tell code ${ref} to whoever administers Carteira.`,
  undone: (upload) => `Upload ${upload} taken back. The portfolios are without it now.`,
  undoing: (upload) => `Upload ${upload} taken back.`,
  undoingHint: "The portfolios are still being worked out without it; that takes some minutes.",
  undoNotFound: (upload) => `I did not find upload ${upload} among yours.`,
  undoNotFoundHint: "Only whoever sent a file may take it back, and only once.",
  undoWhich: "Which upload?",
  undoWhichHint: "Give the code that the answer to the file showed, as in “undo CODE”.",
};

export function turnWordsOf(language: Language): TurnWords {
  return language === "en" ? en : pt;
}
