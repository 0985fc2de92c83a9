import type { Weekday } from "../schedule/schedule.ts";

/** The words of orders about digests, in both languages: lower case and without accents, as they are compared. */

export const WEEKDAY_WORDS: Readonly<Record<string, Weekday>> = {
  ...named("dom domingo domingos sun sunday sundays", "sun"),
  ...named("seg segunda segundas segunda-feira segundas-feiras mon monday mondays", "mon"),
  ...named("ter terca tercas terca-feira tercas-feiras tue tuesday tuesdays", "tue"),
  ...named("qua quarta quartas quarta-feira quartas-feiras wed wednesday wednesdays", "wed"),
  ...named("qui quinta quintas quinta-feira quintas-feiras thu thursday thursdays", "thu"),
  ...named("sex sexta sextas sexta-feira sextas-feiras fri friday fridays", "fri"),
  ...named("sab sabado sabados sat saturday saturdays", "sat"),
};

/** The parts of a digest as they are called, by the ids of the menu. */
export const SECTION_WORDS: Readonly<Record<string, string>> = {
  ...named("rentabilidade rendimento returns return", "returns"),
  ...named("clientes clients", "clients"),
  ...named("ativos assets", "assets"),
  ...named("alocacao allocation", "allocation"),
  ...named("proventos dividendos income dividends", "income"),
  ...named("vencimentos maturities", "maturities"),
  ...named("alertas alerts", "alerts"),
  ...named("dados data", "data"),
};

/** What only joins the others. */
export const FILLERS: ReadonlySet<string> = new Set(
  `a ao aos as o os um uma de do da dos das em no na nos nas e ou para pra por favor que meu minha me mim eu
   manda mandar mande envia enviar envie quero queria receber recebo agenda agendar agende ver mostrar mostra configurar
   diario diaria daily horario fuso hora horas pregao abertura fechamento mercado partes parte
   the an at on in to of my i want please send get receive schedule set show configure time market open opening close
   closing session sections and or every each by for it`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Several words that mean one thing; each becomes one mark, which no text can hold. */
export const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bmesmo sem novidades?\b|\bmesmo que nao haja nada\b|\beven if nothing (?:is )?new\b/g, "\u0001say"],
  [/\bso (?:com|se houver) novidades?\b|\bonly if something (?:is )?new\b/g, "\u0001skip"],
  [/\bso o principal\b|\b(?:only the )?headline only\b|\bonly the headline\b/g, "\u0001headline"],
  [/\b(?:com )?tudo\b|\b(?:with )?everything\b/g, "\u0001everything"],
  [/\btodos? (?:os |o )?dias?\b|\bevery day\b/g, "\u0001all"],
  [/\bdias uteis\b|\bbusiness days\b|\b(?:trading )?sessions\b|\bpregoes\b/g, "\u0001sessions"],
  [/\bdias? de semana\b|\bweekdays\b/g, "\u0001weekdays"],
  [/\b(?:fim|fins) de semana\b|\bweekends?\b/g, "\u0001weekend"],
  [/\bmeio[- ]dia\b|\bnoon\b/g, "12:00"],
  [/\bnao (?:quero|mande|envie|me mande) mais\b|\bno more\b/g, "\u0001stop"],
  [/\b(?:de hoje|do dia|agora|now|today|right now)\b/g, "\u0001now"],
  [/(?<!\/)\b(?:de |hora de )?(?:lisboa|lisbon)\b/g, "europe/lisbon"],
  [/(?<!\/)\b(?:de )?nova (?:york|iorque)\b|\bnew york\b/g, "america/new_york"],
  [/\b(?:de )?brasilia\b|\bde sao paulo\b/g, "america/sao_paulo"],
];

/** Where others read it too. */
export const HERE = /\b(?:n[eo]st?e|nesse|no) canal\b|\b(?:in|to) th(?:is|e) channel\b/;
export const CONFIRMED = /\b(?:confirmo|confirmado|confirmed)\b/;

export const DIGEST_NOUN = /(?<![\p{L}\p{N}_])(?:resumos?|digests?|summary)(?![\p{L}\p{N}_])/u;

export const VERBS: Readonly<Record<string, "pause" | "resume" | "stop">> = {
  ...named("pausar pausa pause suspender suspende", "pause"),
  ...named("retomar retoma retome reativar reative continuar continue resume unpause", "resume"),
  ...named(
    "parar para-de pare cancelar cancela cancele stop cancel remover remova apagar apague desligar desligue",
    "stop",
  ),
};

function named<T extends string>(words: string, meaning: T): Readonly<Record<string, T>> {
  return Object.fromEntries(words.split(" ").map((word) => [word, meaning]));
}
