/** A neutral message: an answer put in words once, which each channel draws in its own way. */

export type Tone = "up" | "down" | "neutral" | "warning";

export interface Cell {
  readonly text: string;
  /** Up and down are told by sign and word as well as by colour. */
  readonly tone?: Tone;
}

export interface TableBlock {
  readonly kind: "table";
  readonly title?: string;
  readonly columns: readonly { readonly label: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly Cell[])[];
  /** "mais 6", where rows were cut. */
  readonly more?: string;
}

interface FieldsBlock {
  readonly kind: "fields";
  readonly fields: readonly { readonly label: string; readonly value: Cell }[];
}

interface TextBlock {
  readonly kind: "text";
  readonly text: string;
  readonly tone?: Tone;
}

/** A picture to be drawn from data; `alt` says in words what it shows. */
export interface ChartBlock {
  readonly kind: "chart";
  readonly alt: string;
  readonly chart: ChartSpec;
}

/** A button sends its `command` as the asker's next message. */
export interface ButtonsBlock {
  readonly kind: "buttons";
  readonly buttons: readonly { readonly label: string; readonly command: string }[];
}

/** A page elsewhere that one may open; `url` is an operator's setting and never made of data. */
interface LinkBlock {
  readonly kind: "link";
  readonly label: string;
  readonly url: string;
}

interface FormFieldBase {
  /** Lower-case letters and digits; stands in the form's `command` as `{id}`. */
  readonly id: string;
  readonly label: string;
}

/** A day and hour are written as `2026-11-25` and `08:30`, whatever the channel's own control gives. */
export type FormField = FormFieldBase &
  /** Must be filled, as all fields must, unless its `value` is given as empty. */
  (
    | { readonly kind: "text"; readonly example?: string; readonly value?: string }
    | {
        readonly kind: "choice";
        /** At most 100. */
        readonly options: readonly { readonly label: string; readonly value: string }[];
        readonly value?: string;
      }
    | { readonly kind: "time"; readonly value?: string }
  );

/**
 * What is filled in rather than typed: a modal where the channel has them, inputs in the message otherwise. Sending it
 * says its `command` with each `{id}` replaced by the field's value, as the asker's next message: there is nothing that a
 * form can do and a typed command cannot.
 */
export interface FormBlock {
  readonly kind: "form";
  /** Label of the button that opens it, and the command whose reply holds this form again. */
  readonly open: { readonly label: string; readonly command: string };
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly submit: { readonly label: string; readonly command: string };
}

export type Block = TextBlock | TableBlock | FieldsBlock | ChartBlock | LinkBlock | ButtonsBlock | FormBlock;

export interface Message {
  /** The whole answer as plain text, for a notification, a terminal and `ask --json`. */
  readonly text: string;
  /** The first line, which answers. */
  readonly headline: string;
  readonly headlineTone?: Tone;
  /**
   * Parts of the headline that stand out, in the order they appear in it, each with its tone: a channel sets
   * them in bold where it can. The headline itself holds no markup.
   */
  readonly emphasis?: readonly Cell[];
  readonly blocks: readonly Block[];
  /** Times, sources, staleness; on a demo book also that it is one. */
  readonly footer: readonly string[];
}

/** What to draw: numbers as doubles (a picture needs no more), words already in the reader's language. */
export type ChartSpec = ChartKind & {
  /** `large`: letters that can be read where the picture is as narrow as a phone, and fewer of them. */
  readonly size?: "large";
};

type ChartKind =
  | {
      readonly type: "returns";
      readonly title: string;
      readonly subtitle: string;
      /** ISO days, one a point. */
      readonly days: readonly string[];
      /** Percent since the base, one array a line; null leaves a gap. The first line is the portfolio's. */
      readonly lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
      readonly language: "pt" | "en";
    }
  | {
      readonly type: "allocation";
      readonly title: string;
      readonly subtitle: string;
      readonly centreLabel: string;
      readonly centreValue: string;
      readonly slices: readonly {
        readonly label: string;
        readonly value: number;
        readonly valueText: string;
        /** The sum of what is too small to be shown on its own. */
        readonly rest?: true;
      }[];
      readonly language: "pt" | "en";
    }
  | {
      readonly type: "bars";
      readonly title: string;
      readonly subtitle: string;
      /** Signed values with their texts, in the order to be drawn from the top. */
      readonly bars: readonly {
        readonly label: string;
        readonly value: number;
        readonly valueText: string;
      }[];
      /** `signed`: green and red by sign; `plain`: one colour. */
      readonly style: "signed" | "plain";
      readonly language: "pt" | "en";
    }
  | {
      readonly type: "waterfall";
      readonly title: string;
      readonly subtitle: string;
      /** Signed parts from the top; they add up to the total. `rest`: the sum of what is not shown on its own. */
      readonly steps: readonly {
        readonly label: string;
        readonly value: number;
        readonly valueText: string;
        readonly rest?: true;
      }[];
      readonly total: { readonly label: string; readonly value: number; readonly valueText: string };
      readonly language: "pt" | "en";
    };
