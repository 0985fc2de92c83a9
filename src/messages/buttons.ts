import type { IsoDay } from "../money/day.ts";
import { type Asked, commandOf } from "./command.ts";
import type { ButtonsBlock } from "./message.ts";
import type { Pen } from "./page.ts";
import type { NamedPeriod } from "./period.ts";

/** A row of buttons; a label left out takes the name that the question has in the catalogue. */
export function buttonsOf(
  buttons: readonly { readonly label: string; readonly ask: Asked }[],
  pen: Pen,
): ButtonsBlock {
  return {
    kind: "buttons",
    buttons: buttons.map(({ label, ask }) => ({ label, command: commandOf(ask, pen.language) })),
  };
}

/** A period that is counted from the day of the question: its kind says all. */
export function relative(
  kind: "today" | "month_to_date" | "year_to_date" | "12m" | "inception",
): NamedPeriod {
  const anyDay: IsoDay = "";
  return { kind, from: null, to: anyDay };
}
