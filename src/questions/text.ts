/** A run of letters and digits of a question, with where it stands. */
export interface Token {
  /** Lower case, without accents. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The one sign that joins it to the token before without a space (`-`, `.`, `/` …); empty where a space does. */
  readonly glue: string;
  /** Whether a comma, a full stop or another pause stands before it. */
  readonly afterPause: boolean;
}

/** A question made ready for reading. */
export interface Text {
  /** As written (NFKC, control characters as spaces). Same length as `folded`, position by position. */
  readonly raw: string;
  readonly folded: string;
  readonly tokens: readonly Token[];
  /** Whether it is a command (`/carteira …`, `carteira …`), whose first argument may be a client. */
  readonly command: "slash" | "word" | null;
  /** Index of the first token after the command word. */
  readonly first: number;
}

/** A longer text is not a question: it is refused instead of being read in part. */
export const TEXT_LENGTH_MAX = 2_000;

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g;
const CONTROL = /\p{Cc}/gu;
const MENTIONS = /^(?:\s*(?:<@[^>\s]{1,80}>|<at>[^<]{0,80}<\/at>|@[\p{L}\p{N}._-]{1,80})[\s,:]*)+/u;
const SLASH_COMMAND = /^\s*\/carteira(?:@[\w.-]{1,80})?(?![\p{L}\p{N}_-])/iu;
const PRINTABLE = /^[ -~]*$/;
/** Nothing but words and spaces: split without the cost of a full reading, which thousands of names would feel. */
const SIMPLE = /^[a-z0-9 ]*$/;
const MARKS = /\p{M}/gu;
const ASCII = /^[\0-\x7f]*$/;
const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const GLUE = /^[-_.&/'’@:]$/;
const PAUSE = /[,;:.!?()|\n]/;

/** Lower case without accents, and of the same length, so that positions hold for both. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = "";
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter <= "\x7f") {
      folded += letter.toLowerCase();
      continue;
    }
    const plain = letter.normalize("NFD").replace(MARKS, "").toLowerCase();
    folded += plain.length === 1 ? plain : letter;
  }
  return folded;
}

/** One writing for what looks the same: composed characters, no invisible ones, spaces for control characters. */
export function clean(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text.replace(INVISIBLE, "").normalize("NFKC").replace(CONTROL, " ");
}

/** The tokens of a folded text. The English possessive (`Ana's`) leaves no token. */
function tokenise(folded: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of folded.matchAll(RUN)) {
    const gap = folded.slice(end, match.index);
    const glue = tokens.length > 0 && GLUE.test(gap) ? gap : "";
    end = match.index + match[0].length;
    if (match[0] === "s" && (glue === "'" || glue === "’")) continue;
    tokens.push({
      text: match[0],
      start: match.index,
      end,
      glue,
      afterPause: glue === "" && PAUSE.test(gap),
    });
  }
  return tokens;
}

/** The words of a name or an alias in the form that tokens have. */
export function wordsOf(text: string): string[] {
  const folded = fold(clean(text));
  if (SIMPLE.test(folded)) return folded.split(" ").filter((word) => word !== "");
  return tokenise(folded).map((token) => token.text);
}

/** Takes the leading mention and the command word off and splits the rest. */
export function prepare(text: string): Text {
  const unmentioned = clean(text).replace(MENTIONS, "");
  const raw = unmentioned.replace(SLASH_COMMAND, "");
  const folded = fold(raw);
  const tokens = tokenise(folded);
  if (raw !== unmentioned) return { raw, folded, tokens, command: "slash", first: 0 };
  const word = tokens[0]?.text === "carteira";
  return { raw, folded, tokens, command: word ? "word" : null, first: word ? 1 : 0 };
}
