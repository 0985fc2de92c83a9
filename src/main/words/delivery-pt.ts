/** What the commands about schedules and deliveries say, in Portuguese. */
export const DELIVERY_PT = {
  deliveries: {
    none: "Nada foi enviado nem planejado ainda.",
    noneFailed: "Nenhum envio falhou ou ficou sem confirmação.",
    columns: ["envio", "horário", "tipo", "de quem", "canal", "situação", "tentativas"],
    more: (limit: number): string => `Só os ${limit} mais recentes; veja mais com --limit.`,
    notFound: (id: string): string =>
      `Não há envio ${id}. Veja os que existem com \`npx carteira deliveries\`.`,
    onItsWay: (id: string): string =>
      `O envio ${id} ainda está a caminho. Espere ele terminar; veja com \`npx carteira deliveries\`.`,
    resent: (id: string, owner: string): string =>
      `Novo envio ${id} para ${owner}; o serviço (npm start) o entrega em instantes.`,
  },
  schedules: {
    theSchedule: "o agendamento (veja `npx carteira schedules`)",
    unknownAction: (text: string): string =>
      `Não conheço a ação "${text}". Use list, pause, resume, remove ou reassign.`,
    none: "Ninguém agendou nada ainda. No chat: “resumo antes do pregão”.",
    columns: ["agendamento", "tipo", "de quem", "canal", "quando", "fuso", "próximos"],
    unreadable: "ilegível",
    paused: "em pausa",
    noRuns: "não dá para dizer: o calendário da B3 acaba antes",
    notFound: (id: string): string =>
      `Não há agendamento ${id}. Veja os que existem com \`npx carteira schedules\`.`,
    unchanged: (id: string): string => `O agendamento ${id} já está assim; nada mudou.`,
    did: {
      pause: (id: string, owner: string): string => `Agendamento ${id} de ${owner} em pausa.`,
      resume: (id: string, owner: string): string =>
        `Agendamento ${id} de ${owner} retomado; o que passou durante a pausa não é enviado.`,
      remove: (id: string, owner: string): string => `Agendamento ${id} de ${owner} removido.`,
    },
    would: {
      pause: (id: string, owner: string): string =>
        `Simulação: o agendamento ${id} de ${owner} ficaria em pausa.`,
      resume: (id: string, owner: string): string =>
        `Simulação: o agendamento ${id} de ${owner} seria retomado.`,
      remove: (id: string, owner: string): string =>
        `Simulação: o agendamento ${id} de ${owner} seria removido.`,
    },
    pausedAll: (count: number): string =>
      count === 1 ? "1 agendamento em pausa." : `${count} agendamentos em pausa.`,
    wouldPauseAll: (count: number): string =>
      `Simulação: ${count === 1 ? "1 agendamento ficaria" : `${count} agendamentos ficariam`} em pausa.`,
    reassigned: (id: string, owner: string): string =>
      `Agendamento ${id} agora é de ${owner}, com os clientes e nas mensagens dessa pessoa.`,
    wouldReassign: (id: string, from: string, to: string): string =>
      `Simulação: o agendamento ${id} passaria de ${from} para ${to}.`,
    taken: (owner: string): string => `${owner} já tem um agendamento desse tipo; remova um deles antes.`,
    notInChannel: (id: string, channel: string): string =>
      `"${id}" não tem usuário no ${channel}. Vincule antes: npx carteira people link ${id} ${channel}:…`,
  },
};
