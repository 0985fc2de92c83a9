import type { Help } from "./help.ts";

/** The help of the commands about market data, in Portuguese. */
export const marketHelpPt = (common: string): Pick<Help, "calendar" | "instruments"> => ({
  calendar: `Mostra e confere os calendários: pregões da B3 e dias úteis dos bancos, que não são
os mesmos (em 24 e 31 de dezembro os bancos abrem e a B3 não).

Uso: npx carteira calendar [--year ANO] [--json]

  --year ANO   o ano a mostrar (padrão: o atual)
  --json       imprime um objeto, com instantes em UTC

O horário da B3 vem de CARTEIRA_B3_HOURS, no horário de Brasília: abertura-fechamento
e, depois da vírgula, a abertura na Quarta-feira de Cinzas (padrão: 10:00-18:00,13:00).

Exemplos:
  npx carteira calendar
  npx carteira calendar --year 2027 --json
  CARTEIRA_B3_HOURS=10:00-17:00 npx carteira calendar

Avisa 60 dias antes de acabar o calendário; sai com 1 quando falta o do ano atual.

${common}`,

  instruments: `Lista os ativos: código, nome, classe, moeda, símbolo no Yahoo, apelidos e de onde
vem o cadastro (arquivo, tabela do programa ou só o código).

Uso: npx carteira instruments [TEXTO] [--unknown] [--csv] [--json]

  TEXTO       só os que têm isso no código, no nome ou num apelido
  --unknown   só os de classe desconhecida e os que não têm preço nenhum
  --csv       imprime um arquivo para editar e carregar de volta com ingest; com
              --unknown, a classe que falta fica em branco para preencher
  --json      imprime uma lista

No arquivo, apelidos tomam o lugar dos que a tabela do programa tem; em branco, ficam
os da tabela. Em simbolo_yahoo, "nenhum" diz que o Yahoo não tem o ativo.

Exemplos:
  npx carteira instruments petro
  npx carteira instruments --unknown --csv > ativos.csv
  npx carteira ingest ativos.csv --as admin

${common}`,
});
