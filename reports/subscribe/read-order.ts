import { clean, fold } from "../../src/questions/text.ts";
import { isWallTime, WEEKDAYS, type Weekday } from "../schedule/schedule.ts";
import { isZone } from "../schedule/wall-clock.ts";
import type { DigestOptions } from "./choice.ts";
import {
  CONFIRMED,
  DIGEST_NOUN,
  FILLERS,
  HERE,
  PHRASES,
  SECTION_WORDS,
  VERBS,
  WEEKDAY_WORDS,
} from "./vocabulary.ts";

/** What an order about the digest says; what it leaves out is as it was before. */
export interface DigestWishes extends Partial<DigestOptions> {
  readonly times?: readonly string[];
  readonly days?: "sessions" | readonly Weekday[];
  readonly zone?: string;
}

export type DigestOrder = Place &
  (
    | { readonly kind: "show" | "now" | "pause" | "resume" | "stop" }
    | { readonly kind: "set"; readonly wishes: DigestWishes }
    /** It is an order about the digest, but this word of it is not understood. */
    | { readonly kind: "unclear"; readonly word: string }
  );

/** What an order says of where the digest goes; nothing: to the direct messages of whoever says it. */
interface Place {
  /** To the channel in which it is said, where others read it too. */
  readonly here?: true;
  /** That others read it is known and wanted. */
  readonly confirmed?: true;
}

const LENGTH_MAX = 300;
const COMMAND = /^\s*(?:<[^>]{1,80}>\s*|@[\w.-]{1,80}\s+)?(?:\/?carteira(?![\p{L}\p{N}_-]))?/iu;
const SEPARATORS = /[\s,;!?]+|\.(?=\s|$)/;

/**
 * Reads an order about the digest, typed or sent by its form. Null for everything else, a question that merely speaks of a
 * summary among it.
 *
 * @example readDigestOrder("resumo às 8h30 nos pregões")
 */
export function readDigestOrder(text: string): DigestOrder | null {
  if (text.length > LENGTH_MAX) return null;
  const folded = fold(clean(text).replace(COMMAND, "")).replaceAll("–", "-");
  if (!DIGEST_NOUN.test(folded)) return null;
  const here = HERE.test(folded);
  const place: Place = here ? { here, ...(CONFIRMED.test(folded) ? { confirmed: true } : {}) } : {};
  const said = here ? folded.replace(HERE, " ").replace(CONFIRMED, " ") : folded;
  const marked = PHRASES.reduce((text, [phrase, mark]) => text.replace(phrase, ` ${mark} `), said);
  const words = marked
    .replace(DIGEST_NOUN, " ")
    .split(SEPARATORS)
    .filter((word) => word !== "");
  const order = new Reader(words).read();
  return order === null ? null : { ...order, ...place };
}

/** Reads word by word; the first that means nothing decides whether this was an order at all. */
class Reader {
  readonly #words: readonly string[];
  #at = 0;
  #kind: "now" | "pause" | "resume" | "stop" | null = null;
  readonly #times: string[] = [];
  readonly #days: Weekday[] = [];
  #sessions = false;
  #zone: string | null = null;
  #naming = false;
  #sections: "all" | readonly string[] | null = null;
  #whenNothing: DigestOptions["whenNothing"] | null = null;
  #strange: string | null = null;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  read(): DigestOrder | null {
    for (; this.#at < this.#words.length; this.#at += 1) {
      const word = this.#words[this.#at] ?? "";
      if (!this.#take(word)) this.#strange ??= word;
    }
    const wishes = this.#wishes();
    const isSet = Object.keys(wishes).length > 0;
    if (this.#strange !== null) {
      // A question about somebody's portfolio may well begin with this word.
      return isSet || this.#kind === "pause" || CLOCK.test(this.#strange)
        ? { kind: "unclear", word: shown(this.#strange) }
        : null;
    }
    if (this.#kind !== null)
      return isSet ? { kind: "unclear", word: wordOf(this.#kind) } : { kind: this.#kind };
    return isSet ? { kind: "set", wishes } : { kind: "show" };
  }

  /** Whether the word means something. */
  #take(word: string): boolean {
    return (
      this.#takeMark(word) ||
      this.#takeTime(word) ||
      this.#takeDays(word) ||
      this.#takeSection(word) ||
      this.#takeVerb(word) ||
      this.#takeZone(word) ||
      FILLERS.has(word) ||
      /^\p{P}+$/u.test(word)
    );
  }

  #takeMark(word: string): boolean {
    switch (word) {
      case "\u0001say":
      case "\u0001skip":
        this.#whenNothing = word === "\u0001say" ? "say" : "skip";
        return true;
      case "\u0001headline":
        this.#sections = [];
        return true;
      case "\u0001everything":
        this.#sections = "all";
        return true;
      case "\u0001all":
        this.#days.push(...WEEKDAYS);
        return true;
      case "\u0001weekdays":
        this.#days.push(...WEEKDAYS.slice(1, 6));
        return true;
      case "\u0001weekend":
        this.#days.push("sun", "sat");
        return true;
      case "\u0001sessions":
        this.#sessions = true;
        return true;
      case "\u0001stop":
        this.#kind = "stop";
        return true;
      case "\u0001now":
        this.#kind = "now";
        return true;
      default:
        return false;
    }
  }

  #takeTime(word: string): boolean {
    if (/^(?:antes|before)$/.test(word)) this.#times.push("before_open");
    else if (/^(?:depois|apos|after)$/.test(word)) this.#times.push("after_close");
    else {
      const time = timeOf(word, this.#words[this.#at - 1] ?? "");
      if (time === null) return false;
      this.#times.push(time);
    }
    return true;
  }

  /** A day, or the days from one to another: `seg a sex`, `mon-fri`. */
  #takeDays(word: string): boolean {
    const [from = "", to, ...rest] = WEEKDAY_WORDS[word] === undefined ? word.split("-") : [word];
    const first = WEEKDAY_WORDS[from];
    if (first === undefined || rest.length > 0 || !Object.hasOwn(WEEKDAY_WORDS, from)) return false;
    const joined = /^(?:a|ate|to|through|-)$/.test(this.#words[this.#at + 1] ?? "");
    const end = to ?? (joined ? (this.#words[this.#at + 2] ?? "") : from);
    const last = WEEKDAY_WORDS[end];
    if (last === undefined || !Object.hasOwn(WEEKDAY_WORDS, end)) {
      if (to !== undefined) return false;
      this.#days.push(first);
      return true;
    }
    if (to === undefined && joined) this.#at += 2;
    for (let at = WEEKDAYS.indexOf(first); ; at = (at + 1) % WEEKDAYS.length) {
      const day = WEEKDAYS[at];
      if (day !== undefined) this.#days.push(day);
      if (day === last) return true;
    }
  }

  /** `com clientes e ativos`: names of parts count only after the word that says they are such. */
  #takeSection(word: string): boolean {
    if (word === "com" || word === "with") {
      this.#naming = true;
      return true;
    }
    if (!this.#naming || !Object.hasOwn(SECTION_WORDS, word)) return false;
    const named = SECTION_WORDS[word] ?? "";
    const before = this.#sections === null || this.#sections === "all" ? [] : this.#sections;
    this.#sections = before.includes(named) ? before : [...before, named];
    return true;
  }

  #takeVerb(word: string): boolean {
    if (!Object.hasOwn(VERBS, word)) return false;
    this.#kind = VERBS[word] ?? null;
    return true;
  }

  #takeZone(word: string): boolean {
    if (!(word.includes("/") || word === "utc") || !isZone(word)) return false;
    this.#zone = new Intl.DateTimeFormat("en", { timeZone: word }).resolvedOptions().timeZone;
    return true;
  }

  #wishes(): DigestWishes {
    const days: DigestWishes["days"] =
      this.#days.length > 0 ? WEEKDAYS.filter((day) => this.#days.includes(day)) : "sessions";
    return {
      ...(this.#times.length === 0 ? {} : { times: this.#times }),
      ...(this.#days.length > 0 || this.#sessions ? { days } : {}),
      ...(this.#zone === null ? {} : { zone: this.#zone }),
      ...(this.#sections === null ? {} : { sections: this.#sections }),
      ...(this.#whenNothing === null ? {} : { whenNothing: this.#whenNothing }),
    };
  }
}

/** What looks like a time of day, whether there is such or not. */
const CLOCK = /^\d{1,2}[:h]\d*/;
const TIME = /^(\d{1,2})(?:[:h](\d{2})?)?(?:h|hs|hrs|min)?(am|pm)?$/;

/** `8:30`, `8h`, `8h30`, `8am`; a bare number only after the word for it. Null: it is no time. */
function timeOf(word: string, before: string): string | null {
  const [, hours = "", minutes = "00", half] = TIME.exec(word) ?? [];
  if (hours === "") return null;
  if (/^\d+$/.test(word) && !/^(?:as|at|pras|para|ate)$/.test(before)) return null;
  const hour =
    half === undefined
      ? Number(hours)
      : Number(hours) > 12
        ? 99
        : (Number(hours) % 12) + (half === "pm" ? 12 : 0);
  const time = `${String(hour).padStart(2, "0")}:${minutes}`;
  return isWallTime(time) ? time : null;
}

function shown(word: string): string {
  return word.replace(/\p{Cc}/gu, "");
}

function wordOf(kind: "now" | "pause" | "resume" | "stop"): string {
  return { now: "agora", pause: "pausar", resume: "retomar", stop: "parar" }[kind];
}
