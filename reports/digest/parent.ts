import type { Briefing } from "../../src/answers/briefing-data.ts";
import { buttonsOf, relative } from "../../src/messages/buttons.ts";
import type { Block, Cell } from "../../src/messages/message.ts";
import {
  clientEmphasis,
  clientTitle,
  type Draft,
  type Pen,
  signedCell,
  textBlock,
} from "../../src/messages/page.ts";
import type { Told } from "./moment.ts";
import type { Contents } from "./section.ts";

/** The first message: its headline answers, its lines say why and what is next. */
export function parentDraft({ briefing, told }: Contents, lines: readonly Block[], pen: Pen): Draft {
  return {
    ...headlineOf(briefing, told, pen),
    blocks: [noSession(briefing, told, pen), ...lines, nextQuestions(briefing, pen)],
  };
}

/** The one line of a digest that has nothing to tell. */
export function nothingDraft(briefing: Briefing, told: Told, pen: Pen): Draft {
  const { words, format } = pen;
  const { client, empty, lastSession } = briefing;
  if (empty) {
    const said =
      client === null ? words.digest.emptyBook : `${clientTitle(client)} — ${words.digest.emptyClient}`;
    return { headline: said, blocks: [] };
  }
  return {
    headline: words.digest.nothing(format.day(told.day), format.day(lastSession ?? told.day)),
    blocks: [],
  };
}

function headlineOf(briefing: Briefing, told: Told, pen: Pen): Pick<Draft, "headline" | "emphasis"> {
  const { words, format } = pen;
  const { client, value, dayChange, dayChangePercent, currency } = briefing;
  const parts = [...(client === null ? [] : [clientTitle(client)]), titleOf(told, pen)];
  const emphasis: Cell[] = client === null ? [] : [clientEmphasis(client)];
  if (value === null) parts.push(words.digest.unknownValue);
  else {
    const worth = format.money(value, currency);
    parts.push(worth);
    emphasis.push({ text: worth });
  }
  if (dayChangePercent !== null) {
    const percent = format.signedPercent(dayChangePercent);
    parts.push(`${pen.day.word} ${percent} (${format.signedMoney(dayChange, currency)})`);
    emphasis.push(signedCell(percent, dayChangePercent));
  }
  const ibov = ibovOf(briefing);
  if (ibov !== null) parts.push(words.digest.against("IBOV", format.signedPercent(ibov)));
  return { headline: parts.join(" · "), emphasis };
}

/** The IBOV over the same session; null where it has no level of that day yet, or where markets' sessions differ. */
function ibovOf({ returns, sources, lastSession, session }: Briefing) {
  const at = sources.find(({ of }) => of === "IBOV")?.at.slice(0, 10);
  if (returns === null || at === undefined || at !== lastSession || session === "several") return null;
  return session === null || session === lastSession ? returns.day.ibovPercent : null;
}

function titleOf({ day, session, part }: Told, pen: Pen): string {
  const { digest } = pen.words;
  const short = pen.format.shortDay(day);
  if (!session) return digest.noSession(short);
  return { before: digest.before, running: digest.running, after: digest.after }[part](short);
}

function noSession({ lastSession }: Briefing, { day, session }: Told, pen: Pen): Block | null {
  if (session || lastSession === null) return null;
  return textBlock(pen.words.digest.noSessionToday(pen.format.day(day), pen.format.day(lastSession)));
}

function nextQuestions({ client }: Briefing, pen: Pen): Block {
  const { buttons } = pen.words;
  if (client !== null) {
    const { client: id } = client;
    return buttonsOf(
      [
        { label: buttons.portfolio, ask: { intent: "portfolio", client: id } },
        { label: buttons.year, ask: { intent: "performance", client: id, period: relative("year_to_date") } },
        { label: buttons.income, ask: { intent: "income", client: id, period: relative("12m") } },
      ],
      pen,
    );
  }
  return buttonsOf(
    [
      { label: buttons.aum, ask: { intent: "aum" } },
      { label: buttons.movers, ask: { intent: "movers", period: relative("today") } },
      { label: buttons.best, ask: { intent: "ranking", direction: "up", period: relative("month_to_date") } },
      {
        label: buttons.worst,
        ask: { intent: "ranking", direction: "down", period: relative("month_to_date") },
      },
    ],
    pen,
  );
}
