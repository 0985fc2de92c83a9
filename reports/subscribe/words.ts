import { labelOf } from "../../src/messages/words.ts";

/** What is said to whoever sets a digest. */

const PT = {
  noun: "resumo",
  presets: { before_open: "antes do pregão", after_close: "depois do pregão" },
  at: (time: string): string => `às ${time}`,
  and: " e ",
  sessions: "nos pregões",
  everyDay: "todos os dias",
  weekdays: "seg a sex",
  days: { sun: "dom", mon: "seg", tue: "ter", wed: "qua", thu: "qui", fri: "sex", sat: "sáb" },
  everything: "com tudo",
  headlineOnly: "só o principal",
  with: "com",
  sections: {
    returns: "rentabilidade",
    clients: "clientes",
    assets: "ativos",
    allocation: "alocação",
    income: "proventos",
    maturities: "vencimentos",
    alerts: "alertas",
    data: "dados",
  },
  evenIfNothing: "mesmo sem novidade",
  onlyIfSomething: "só com novidade",

  isSet: (what: string): string => `Seu resumo chega ${what}.`,
  nowSet: (what: string): string => `Combinado: o resumo chega ${what}.`,
  isPaused: (what: string): string => `Seu resumo está em pausa (${what}).`,
  notSet: "Você ainda não recebe o resumo.",
  notSetHint:
    "Ele traz o dia dos seus clientes numa mensagem direta. Escolha quando, ou escreva, por exemplo, “resumo às 8:30”.",
  paused: "Resumo em pausa. Nada será enviado até você retomar.",
  resumed: (what: string): string => `Resumo retomado: chega ${what}.`,
  stopped: "Resumo cancelado. Nada mais será enviado.",
  nothingSet: "Não há resumo combinado, então não há o que mudar.",
  alreadySo: "O resumo já está assim; nada mudou.",
  onItsWay: "Estou montando o seu resumo; ele chega numa mensagem direta.",
  unclear: (word: string): string => `Não entendi “${word}”, então não mudei nada.`,
  unclearHint:
    "Escreva, por exemplo: “resumo às 8:30”, “resumo antes do pregão”, “resumo seg a sex às 18h”, “pausar resumo”.",
  noSchedule: "Com isso não há horário possível, então não mudei nada.",
  noScheduleHint: (most: number): string =>
    `Use até ${most} horários, como 08:30, e dias como seg, qua e sex ou nos pregões.`,
  notHere: "Daqui não consigo enviar nada sem que peçam.",
  notHereHint: "Peça o resumo no chat em que você quer recebê-lo.",
  calendarEnded: "Ainda não conheço os pregões deste ano, então não sei quando enviar.",
  calendarEndedHint:
    "Quem administra a Carteira precisa atualizar o programa. Um horário em dias da semana, como “resumo seg a sex às 8:30”, já funciona.",
  calendarEnding: (year: number): string =>
    `O calendário da B3 só vai até ${year}: para o resumo continuar, quem administra precisa atualizar o programa antes disso.`,
  fields: {
    next: "Próximos",
    parts: "Partes",
    nothing: "Sem novidade",
    zone: "Fuso",
  },
  none: "nenhum",
  buttons: { now: "Enviar agora", pause: "Pausar", resume: "Retomar", stop: "Cancelar" },
  commands: {
    show: "resumo",
    now: "resumo agora",
    pause: "pausar resumo",
    resume: "retomar resumo",
    stop: "parar resumo",
  },
  form: {
    open: "Configurar resumo",
    title: "Resumo diário",
    when: "Quando",
    days: "Dias",
    parts: "Partes",
    nothing: "Quando não há novidade",
    submit: "Salvar",
    both: "antes do pregão e depois do pregão",
    labels: { say: "avisar em uma linha", skip: "não enviar" },
  },
  weekdaysShort: ["dom", "seg", "ter", "qua", "qui", "sex", "sáb"],
};

const EN: typeof PT = {
  noun: "digest",
  presets: { before_open: "before the open", after_close: "after the close" },
  at: (time) => `at ${time}`,
  and: " and ",
  sessions: "on sessions",
  everyDay: "every day",
  weekdays: "mon to fri",
  days: { sun: "sun", mon: "mon", tue: "tue", wed: "wed", thu: "thu", fri: "fri", sat: "sat" },
  everything: "with everything",
  headlineOnly: "headline only",
  with: "with",
  sections: {
    returns: "returns",
    clients: "clients",
    assets: "assets",
    allocation: "allocation",
    income: "income",
    maturities: "maturities",
    alerts: "alerts",
    data: "data",
  },
  evenIfNothing: "even if nothing new",
  onlyIfSomething: "only if something new",

  isSet: (what) => `Your digest comes ${what}.`,
  nowSet: (what) => `Done: the digest comes ${what}.`,
  isPaused: (what) => `Your digest is paused (${what}).`,
  notSet: "You do not get the digest yet.",
  notSetHint:
    "It brings your clients' day in a direct message. Choose when, or write, for example, “digest at 8:30”.",
  paused: "The digest is paused. Nothing is sent until you resume it.",
  resumed: (what) => `The digest goes on: it comes ${what}.`,
  stopped: "The digest is cancelled. Nothing more is sent.",
  nothingSet: "No digest is set, so there is nothing to change.",
  alreadySo: "The digest is so already; nothing has changed.",
  onItsWay: "Your digest is being made; it comes in a direct message.",
  unclear: (word) => `“${word}” is not understood, so nothing has changed.`,
  unclearHint:
    "Write, for example: “digest at 8:30”, “digest before the open”, “digest mon to fri at 18:00”, “pause digest”.",
  noSchedule: "That leaves no possible time, so nothing has changed.",
  noScheduleHint: (most) =>
    `Use up to ${most} times such as 08:30, and days such as mon, wed and fri, or on sessions.`,
  notHere: "Nothing can be sent from here without being asked.",
  notHereHint: "Ask for the digest in the chat where you want to get it.",
  calendarEnded: "The sessions of this year are not known yet, so there is no telling when to send.",
  calendarEndedHint:
    "Whoever administers Carteira has to update the program. A time on weekdays, such as “digest mon to fri at 8:30”, works already.",
  calendarEnding: (year) =>
    `B3's calendar only goes to ${year}: for the digest to go on, whoever administers has to update the program before.`,
  fields: { next: "Next", parts: "Parts", nothing: "Nothing new", zone: "Time zone" },
  none: "none",
  buttons: { now: "Send now", pause: "Pause", resume: "Resume", stop: "Cancel" },
  commands: {
    show: "digest",
    now: "digest now",
    pause: "pause digest",
    resume: "resume digest",
    stop: "stop digest",
  },
  form: {
    open: "Set the digest",
    title: "Daily digest",
    when: "When",
    days: "Days",
    parts: "Parts",
    nothing: "When there is nothing new",
    submit: "Save",
    both: "before the open and after the close",
    labels: { say: "say so in one line", skip: "send nothing" },
  },
  weekdaysShort: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};

export function subscribeWords(language: "pt" | "en") {
  const words = language === "en" ? EN : PT;
  return { ...words, section: (id: string) => labelOf(words.sections, id) };
}
