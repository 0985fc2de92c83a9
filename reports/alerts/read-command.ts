import { prepare, TEXT_LENGTH_MAX } from "../../src/questions/text.ts";
import type { QuietHours } from "../../src/state/index.ts";
import type { SnoozeFor } from "./clock.ts";

/** What can be done with alerts that are there, or with all of them. */
export type AlertCommand =
  | { readonly do: "list" | "defaults" | "form" }
  | { readonly do: "show" | "wake"; readonly number: number }
  | { readonly do: "delete"; readonly number: number | null }
  | { readonly do: "snooze"; readonly number: number | null; readonly span: SnoozeFor | null }
  /** `unclear`: the hours were not read. */
  | { readonly do: "quiet"; readonly hours: QuietHours | null | "unclear" };

const ALERT = "(?:alertas?|alerts?|avisos?)";
const NUMBER = "(?:n(?:o|r|umero|umber)?\\.?\\s*|#\\s*)?(\\d{1,6})";
const POLITE = "(?:(?:por favor|please|quero|pode|o|a|os|as|um|the|my|meus?|minhas?)\\s+)*";
const exactly = (body: string) => new RegExp(`^${POLITE}(?:${body})[\\s.!?]*$`);

const LIST = exactly(
  `(?:(?:listar?|liste|ver|veja|mostrar?|mostre|quais|show|list|see)\\s+(?:(?:os|meus|my|the)\\s+)*)?(?:alertas|alerts)`,
);
const DEFAULTS = exactly(
  `(?:(?:cri(?:ar|e|a)|ativ(?:ar|e|a)|create|set|use|usar)\\s+(?:(?:os|the)\\s+)?)?(?:alertas? padr(?:ao|oes)|default alerts?)`,
);
const FORM = exactly(
  `(?:cri(?:ar|e|a)\\s+(?:um\\s+)?)?(?:novo|criar|new|create|create new)\\s+(?:an?\\s+)?(?:alerta|alert)|criar alerta`,
);
const SHOW = exactly(
  `(?:(?:detalhes?|ver|mostrar?|details?|show)\\s+(?:(?:do|de|of)\\s+)?)?${ALERT}\\s+${NUMBER}|(?:alert)\\s+${NUMBER}\\s+details?`,
);
const DELETE = exactly(
  `(?:apag(?:ar|ue|a)|remov(?:er|a|e)|exclu(?:ir|a|i)|delet(?:ar|e|a)|cancel(?:ar|e|a)?|tir(?:ar|e|a)|delete|remove)\\s+(?:(?:o|os|a|the|my|meu)\\s+)*${ALERT}(?:\\s+${NUMBER})?`,
);
const SNOOZE = exactly(
  `(?:silenci(?:ar|e|a)|adi(?:ar|e|a)|paus(?:ar|e|a)|suspend(?:er|a|e)|snooze|mute|pause|silence)\\s+(?:(?:o|a|the|my|meu)\\s+)*${ALERT}(?:\\s+${NUMBER})?(?:\\s+(.{1,60}))?`,
);
const WAKE = exactly(
  `(?:reativ(?:ar|e|a)|acord(?:ar|e|a)|retom(?:ar|e|a)|wake|resume|unmute|unsnooze)\\s+(?:(?:o|the|my|meu)\\s+)*${ALERT}\\s+${NUMBER}`,
);

const QUIET =
  /\b(?:nao (?:me )?(?:avis[ea]|alert[ea]|incomod[ea]|notifi(?:que|ca)|perturb[ea])|(?:do not|don'?t) (?:alert|notify|disturb|warn)|sem avisos|silencio|quiet hours?|horario de silencio)\b/;
const ANY_HOUR =
  /\b(?:(?:avise|avisa|alerte|notifique)\b.*\bqualquer hora|(?:alert|notify|warn) me at any (?:hour|time)|(?:sem|fim do|end) (?:horario de )?silencio|no quiet hours?)\b/;
const TIME = "(\\d{1,2})(?:\\s*[:h]\\s*([0-5]\\d))?\\s*(am|pm|hs?|horas?)?";
const BETWEEN = new RegExp(
  `(?:entre|das|de|from|between|d[ao]s?)\\s+(?:as\\s+)?${TIME}\\s*(?:e|as|a|ate|ate as|and|to|until|-)\\s+(?:as\\s+)?${TIME}(?![\\p{L}\\d])`,
  "u",
);

/** `não me avise mais`: of what, is asked. */
const NO_MORE = new RegExp(
  `\\b(?:nao (?:me )?(?:avis[ea]|alert[ea]|notifi(?:que|ca)) mais|(?:stop|no more) alert(?:ing|s)?)\\b(?:.{0,40}\\b${ALERT}\\s+${NUMBER})?`,
);

const MINUTES_MAX = 60 * 24 * 30;
const HOURS = /(\d{1,3})\s*(?:h|hs|hrs?|horas?|hours?)(?![a-z])/;
const MINUTES = /(\d{1,4})\s*(?:m|min|minutos?|minutes?)(?![a-z])/;
const DAYS = /(\d{1,2})\s*(?:d|dias?|days?)(?![a-z])/;
const TODAY = /\b(?:hoje|today|o dia|the day|amanha|tomorrow)\b/;
const SESSION = /\b(?:pregao|session)\b/;

/** Null where the text is no command about alerts. Never throws. */
export function readCommand(text: string): AlertCommand | null {
  if (text.length > TEXT_LENGTH_MAX) return null;
  const folded = prepare(text)
    .folded.replace(/^\s*carteira\s+/, "")
    .replace(/\s+/g, " ")
    .trim();
  if (LIST.test(folded)) return { do: "list" };
  if (DEFAULTS.test(folded)) return { do: "defaults" };
  if (FORM.test(folded)) return { do: "form" };
  const shown = SHOW.exec(folded);
  if (shown !== null) return { do: "show", number: Number(shown[1] ?? shown[2]) };
  const deleted = DELETE.exec(folded);
  if (deleted !== null) return { do: "delete", number: numberOf(deleted[1]) };
  const woken = WAKE.exec(folded);
  if (woken !== null) return { do: "wake", number: Number(woken[1]) };
  const snoozed = SNOOZE.exec(folded);
  if (snoozed !== null) return { do: "snooze", number: numberOf(snoozed[1]), span: spanOf(snoozed[2] ?? "") };
  const ended = NO_MORE.exec(folded);
  if (ended !== null) return { do: "delete", number: numberOf(ended[1]) };
  return readQuiet(folded);
}

function readQuiet(folded: string): AlertCommand | null {
  if (ANY_HOUR.test(folded)) return { do: "quiet", hours: null };
  if (!QUIET.test(folded)) return null;
  const said = BETWEEN.exec(folded);
  if (said === null)
    return /\b(?:entre|between|das)\b.*\d/.test(folded) ? { do: "quiet", hours: "unclear" } : null;
  const from = timeOf(said[1], said[2], said[3]);
  const to = timeOf(said[4], said[5], said[6]);
  return { do: "quiet", hours: from === null || to === null || from === to ? "unclear" : { from, to } };
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** Null where no span is said, or none that is understood. */
function spanOf(text: string): SnoozeFor | null {
  if (SESSION.test(text)) return { kind: "session" };
  if (TODAY.test(text)) return { kind: "today" };
  const [hours, minutes, days] = [HOURS, MINUTES, DAYS].map((pattern) =>
    Number(pattern.exec(text)?.[1] ?? 0),
  );
  const total = (hours ?? 0) * 60 + (minutes ?? 0) + (days ?? 0) * 24 * 60;
  return total > 0 && total <= MINUTES_MAX ? { kind: "minutes", minutes: total } : null;
}

function timeOf(hour: string | undefined, minute = "00", half = ""): string | null {
  const said = Number(hour);
  if (/^[ap]m$/.test(half) && (said < 1 || said > 12)) return null;
  const of24 = half === "pm" ? (said % 12) + 12 : half === "am" ? said % 12 : said === 24 ? 0 : said;
  return of24 > 23 ? null : `${String(of24).padStart(2, "0")}:${minute}`;
}
