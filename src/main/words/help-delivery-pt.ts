import type { Help } from "./help.ts";

/** The help of the commands about schedules and deliveries, in Portuguese. */
export const deliveryHelpPt = (common: string): Pick<Help, "deliveries" | "schedules"> => ({
  deliveries: `Lista o que foi enviado sem que pedissem (resumos, alertas, avisos), o mais recente
primeiro, e o que houve com cada um.

Uso: npx carteira deliveries [--failed] [--limit N] [--json]
     npx carteira deliveries --resend ENVIO

  --failed        só o que falhou ou ficou sem confirmação do canal
  --resend ENVIO  envia de novo, só a essa pessoa. O que está "sem confirmação" pode ter
                  chegado: confira antes, ou a pessoa recebe duas vezes.
  --limit N       quantos mostrar (padrão: 50)
  --json          imprime uma lista, com instantes em UTC

Exemplos:
  npx carteira deliveries
  npx carteira deliveries --failed
  npx carteira deliveries --resend 20261125-4b0cb600a1c2

${common}`,

  schedules: `Lista o que é enviado por agendamento, de quem é e os três próximos horários; põe em
pausa, retoma, remove ou passa a outra pessoa. No chat cada um cuida do seu:
“resumo antes do pregão”, “pausar resumo”.

Uso: npx carteira schedules [list] [--json]
     npx carteira schedules pause|resume|remove AGENDAMENTO [--dry-run]
     npx carteira schedules pause --all [--dry-run]
     npx carteira schedules reassign AGENDAMENTO --to PESSOA [--dry-run]

  --all        todos os agendamentos
  --to PESSOA  quem passa a receber: com os próprios clientes e nas próprias mensagens
  --dry-run    só diz o que mudaria
  --json       imprime uma lista, com instantes em UTC

Exemplos:
  npx carteira schedules
  npx carteira schedules pause --all --dry-run
  npx carteira schedules reassign 4b0cb600 --to ana.souza

${common}`,
});
