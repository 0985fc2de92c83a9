/** The words for stretches of time, folded. */

export const MONTH_WORDS: ReadonlyMap<string, number> = new Map(
  [
    "janeiro january",
    "fevereiro february",
    "marco march",
    "abril april",
    "maio may",
    "junho june",
    "julho july",
    "agosto august",
    "setembro september",
    "outubro october",
    "novembro november",
    "dezembro december",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
);

/** Short forms, which are other words too: they count only beside a year or after `em`, `de`, `desde` … */
export const SHORT_MONTH_WORDS: ReadonlyMap<string, number> = new Map(
  [
    "jan",
    "fev feb",
    "mar",
    "abr apr",
    "mai",
    "jun",
    "jul",
    "ago aug",
    "set sep sept",
    "out oct",
    "nov",
    "dez dec",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
);

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    um: 1,
    uma: 1,
    one: 1,
    dois: 2,
    duas: 2,
    two: 2,
    tres: 3,
    three: 3,
    quatro: 4,
    four: 4,
    cinco: 5,
    five: 5,
    seis: 6,
    six: 6,
    sete: 7,
    seven: 7,
    oito: 8,
    eight: 8,
    nove: 9,
    nine: 9,
    dez: 10,
    ten: 10,
    onze: 11,
    eleven: 11,
    doze: 12,
    twelve: 12,
    quinze: 15,
    dezoito: 18,
    vinte: 20,
    twenty: 20,
    trinta: 30,
    thirty: 30,
  }),
);

/** A number of months, or of days. */
export type Unit = { readonly months: number } | { readonly days: number };

/** What one unit is. */
export const UNIT_WORDS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...units("dia dias day days", { days: 1 }),
  ...units("semana semanas week weeks", { days: 7 }),
  ...units("mes meses month months", { months: 1 }),
  ...units("trimestre trimestres tri quarter quarters", { months: 3 }),
  ...units("semestre semestres half halves", { months: 6 }),
  ...units("ano anos year years yr yrs", { months: 12 }),
]);

function units(names: string, size: Unit): [string, Unit][] {
  return names.split(" ").map((name) => [name, size]);
}

/** Units written right after a number: `12m`, `1a`, `30d`. */
export const SHORT_UNITS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ["d", { days: 1 }],
  ["s", { days: 7 }],
  ["w", { days: 7 }],
  ["m", { months: 1 }],
  ["a", { months: 12 }],
  ["y", { months: 12 }],
]);

/** Sunday = 0. */
export const WEEKDAY_WORDS: ReadonlyMap<string, number> = new Map(
  [
    "domingo sunday",
    "segunda monday",
    "terca tuesday",
    "quarta wednesday",
    "quinta thursday",
    "sexta friday",
    "sabado saturday",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index] as const)),
);

/** A name for a stretch of time counted from today. */
export type NamedSpan =
  | "today"
  | "yesterday"
  | "day_before"
  | "tomorrow"
  | "week_to_date"
  | "last_week"
  | "month_to_date"
  | "last_month"
  | "month_before_last"
  | "quarter_to_date"
  | "last_quarter"
  | "half_to_date"
  | "last_half"
  | "year_to_date"
  | "last_year"
  | "year_before_last"
  | "inception"
  | "3m"
  | "6m"
  | "12m"
  | "vague";

/** Phrases between commas. `none` are words such as `por mês` that are no stretch of time. */
export const SPAN_WORDS: Readonly<Record<NamedSpan | "none", string>> = {
  today: `hoje, hj, no dia, o dia, do dia, de hoje, dia de hoje, no dia de hoje, today, on the day, of the day, intraday`,
  yesterday: `ontem, dia anterior, ultimo pregao, pregao anterior, yesterday`,
  day_before: `anteontem, antes de ontem, day before yesterday, the day before yesterday`,
  tomorrow: `amanha, tomorrow`,
  week_to_date: `semana, esta semana, essa semana, nesta semana, nessa semana, desta semana, dessa semana,
    semana atual, semana corrente, this week, week, week to date, wtd`,
  last_week: `semana passada, semana anterior, ultima semana, semana que passou, last week, previous week, past week`,
  month_to_date: `mes, este mes, esse mes, neste mes, nesse mes, deste mes, desse mes, mes atual,
    mes corrente, this month, month, month to date, mtd`,
  last_month: `mes passado, mes anterior, ultimo mes, mes que passou, last month, previous month`,
  month_before_last: `mes retrasado, penultimo mes`,
  quarter_to_date: `este trimestre, esse trimestre, neste trimestre, nesse trimestre, trimestre atual,
    trimestre corrente, this quarter, quarter to date`,
  last_quarter: `trimestre passado, trimestre anterior, last quarter, previous quarter`,
  half_to_date: `este semestre, esse semestre, neste semestre, nesse semestre, semestre atual, semestre corrente`,
  last_half: `semestre passado, semestre anterior`,
  year_to_date: `ano, este ano, esse ano, neste ano, nesse ano, deste ano, desse ano, ano atual,
    ano corrente, acumulado do ano, acumulado no ano, ytd, this year, year, year to date`,
  last_year: `ano passado, ano anterior, ano que passou, last year, previous year`,
  year_before_last: `ano retrasado, penultimo ano`,
  inception: `desde o inicio, desde o comeco, desde sempre, historico total, historico completo, todo o periodo,
    todo periodo, periodo todo, desde a abertura, desde a entrada, desde que entrou, desde que comecou,
    desde que virou cliente, desde a primeira compra, total historico, inicio, desde inicio, desde comeco,
    since inception, since the beginning, since the start, since start, all time, alltime, from the beginning,
    from the start, ever, inception, a vida toda`,
  "3m": "trimestre, ultimo trimestre, quarter",
  "6m": "semestre, ultimo semestre",
  "12m": "ultimo ano, past year, trailing year",
  vague: `ultimos dias, ultimos meses, ultimos anos, ultimas semanas, recent days, recent months, last few months,
    last few days, um tempo, algum tempo`,
  none: `bom dia, hoje em dia, todo dia, todos os dias, todo dia util, dias uteis, dia a dia, dia util, cada dia,
    por dia, ao dia, por semana, toda semana, por mes, todo mes, todos os meses, cada mes, mes a mes, ao mes,
    meses, por ano, todo ano, ao ano, cada ano, ano a ano, every day, every week, every month, every year, each day,
    per day, per month, per year, a day, a month, a year, bom fim de semana, good day, toda segunda, toda sexta,
    every weekday, year by year, melhor mes, pior mes, melhor dia,
    pior dia, melhor ano, pior ano, melhor semana, pior semana, best month, worst month, best day, worst day,
    best year, worst year, month by month, por trimestre, ano novo`,
};
