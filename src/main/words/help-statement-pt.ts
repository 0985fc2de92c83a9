import type { Help } from "./help.ts";

/** The help of the command that makes reports, in Portuguese. */
export const statementHelpPt = (common: string): Pick<Help, "statement"> => ({
  statement: `Faz o relatório gerencial de um cliente em PDF: valor, rentabilidade, resultado,
posições, operações, proventos e taxas de um período.

Uso: npx carteira statement CLIENTE [--month MÊS | --from DATA --to DATA] --as USUÁRIO
                            [--out ARQUIVO.pdf]

  --month MÊS          o mês do relatório: 2026-10 (padrão: o último encerrado)
  --from, --to DATA    ou um período: 2026-01-01 e 2026-03-31
  --as USUÁRIO         corretor do arquivo de clientes, ou admin para todos.
                       Só na demonstração pode faltar: vale corretor1.
  --out ARQUIVO.pdf    onde gravar (padrão: relatorio-CLIENTE-PERÍODO.pdf)

O relatório diz quem é o intermediário e a ouvidoria dele: CARTEIRA_INTERMEDIARY e
CARTEIRA_OMBUDSMAN. Na demonstração eles são inventados. Nada é enviado a ninguém.

Exemplos:
  npx carteira statement cliente123 --month 2026-10
  npx carteira statement cliente123 --from 2026-01-01 --to 2026-06-30 --as corretor1 --out ana.pdf

${common}`,
});
