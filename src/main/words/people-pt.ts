/** What the commands about people and the audit say, in Portuguese. */
export const PEOPLE_PT = {
  people: {
    theAction: "a ação: list, add, link, unlink, remove ou import",
    unknownAction: (text: string): string =>
      `Não conheço a ação "${text}". Use list, add, link, unlink, remove ou import.`,
    thePerson: "a pessoa",
    theChannelUser: "o usuário do canal, como slack:T012AB3CD:U045EF6GH",
    theFile: "o arquivo",
    badId: (text: string): string =>
      `"${text}" não serve como código de pessoa: use letras sem acento, números, ponto, hífen e sublinhado, até 64.`,
    reservedId: 'O código "admin" é de quem opera este computador. Use outro.',
    badName: "Falta o nome da pessoa, ou ele tem mais de 100 caracteres.",
    badRole: (text: string): string => `"${text}" não é um papel. Pode ser: corretor, gestor, admin.`,
    adminNeedsNoBrokers: "Um admin já vê os clientes de todos: deixe os corretores em branco.",
    brokersMissing: "Falta dizer de quais corretores a pessoa vê os clientes.",
    badLanguage: (text: string): string => `"${text}" não é um idioma. Pode ser: pt, en, ou nada.`,
    badChannelUser: (text: string): string =>
      `"${text}" não é um usuário de canal. Use slack:EQUIPE:MEMBRO, como slack:T012AB3CD:U045EF6GH, ` +
      "ou teams:LOCATÁRIO:OBJETO; veja onde achar com `npx carteira people --help`.",
    emptyFile: "o arquivo está vazio",
    tooManyLines: (most: number): string => `o arquivo tem mais de ${most} linhas`,
    tooLarge: (file: string): string => `${file} é grande demais para uma tabela de pessoas.`,
    unknownColumn: (name: string): string =>
      `não conheço a coluna "${name}"; use pessoa;nome;papel;corretores;idioma;slack;teams`,
    columnTwice: (name: string): string => `a coluna "${name}" aparece duas vezes`,
    columnMissing: (name: string): string => `falta a coluna "${name}"`,
    openQuote: "aspas que não fecham",
    tooManyCells: "há mais células que colunas",
    personTwice: (id: string): string => `"${id}" já está em outra linha`,
    wasRemoved: (id: string, day: string): string =>
      `"${id}" foi removida em ${day} e continua no registro de auditoria; use outro código`,
    linkTaken: (user: string, id: string): string => `${user} já é de "${id}"; desvincule antes`,
    badLine: (line: number, reason: string): string => `linha ${line}: ${reason}`,
    nothingApplied: (count: number): string =>
      `${count === 1 ? "1 linha não serve" : `${count} linhas não servem`}. Nada foi aplicado; corrija e importe de novo.`,
    imported: (added: number, changed: number, same: number): string =>
      `Pessoas: ${added} ${added === 1 ? "nova" : "novas"}, ${changed} ${changed === 1 ? "alterada" : "alteradas"}, ${same} sem mudança.`,
    unknownBroker: (broker: string): string =>
      `Aviso: o arquivo de clientes ainda não tem o corretor "${broker}"; confira a grafia.`,
    added: (name: string, id: string): string => `${name} (${id}) agora tem acesso.`,
    changed: (name: string, id: string): string => `${name} (${id}): cadastro alterado.`,
    unchanged: (id: string): string => `"${id}" já está assim; nada mudou.`,
    exists: (id: string, name: string): string =>
      `"${id}" já existe: ${name}. Para mudar o cadastro use --update; para outra pessoa, outro código.`,
    linkNext: (id: string): string =>
      `Vincule o usuário do Slack ou do Teams: npx carteira people link ${id} slack:EQUIPE:MEMBRO`,
    linked: (user: string, name: string): string => `${user} agora é ${name}.`,
    alreadyLinked: (user: string, name: string): string => `${user} já é ${name}; nada mudou.`,
    nobody: (id: string): string =>
      `Não há pessoa "${id}" com acesso. Veja quem tem com \`npx carteira people list\`.`,
    unlinked: (user: string, id: string): string => `${user} não é mais "${id}".`,
    notLinked: (user: string): string => `${user} não está vinculado a ninguém.`,
    removed: (id: string): string =>
      `"${id}" não tem mais acesso, e seus vínculos ficaram livres. O que perguntou continua no registro.`,
    overtaken: "Outra pessoa mudou o cadastro ao mesmo tempo. Nada foi aplicado; tente de novo.",
    none: "Ninguém tem acesso pelos canais ainda. Comece com `npx carteira people add`.",
    columns: ["pessoa", "nome", "papel", "corretores", "idioma", "usuários", "situação"],
    roles: { broker: "corretor", manager: "gestor", admin: "admin" },
    allBrokers: "todos",
    active: "ativa",
    removedOn: (day: string): string => `removida em ${day}`,
  },
  audit: {
    none: "Nada no registro.",
    columns: ["quando", "quem", "pessoa", "de onde", "assunto", "cliente", "resultado"],
    outcomes: {
      ok: "respondido",
      clarify: "perguntado de volta",
      not_found: "não encontrado",
      unsupported: "sem resposta",
      refused: "recusado",
      failed: "falhou",
    },
    more: (limit: number): string => `Só os ${limit} mais recentes; veja mais com --limit.`,
  },
};
