import type { AllocationData } from "../../answers/answer.ts";
import type { Grouping } from "../../questions/question.ts";
import { buttonsOf } from "../buttons.ts";
import { currencySymbol } from "../format.ts";
import { clientEmphasis, clientTitle, type Draft, type Pen, tableOf } from "../page.ts";
import { labelOf, type Words } from "../words.ts";
import { allocationChart } from "./chart-blocks.ts";

/** The headline names this many of the largest parts. */
const NAMED = 3;

/** What a portfolio is made of, by class, sector or currency. */
export function presentAllocation(data: AllocationData, pen: Pen): Draft {
  const { words, format } = pen;
  const name = (key: string) => sliceName(data.grouping, key, words);
  const parts = data.allocation.toSorted((left, right) => right.value.compare(left.value));
  const largest = parts
    .slice(0, NAMED)
    .map(({ key, weightPercent }) => `${name(key)} ${format.percent(weightPercent, 1)}`);
  const rest = parts.length - largest.length;
  const said = [largest.join(", "), ...(rest > 0 ? [words.more(format.count(rest))] : [])].join(
    ` ${words.and} `,
  );
  const by = words.allocation.by[data.grouping];
  return {
    headline: `${clientTitle(data)} — ${parts.length === 0 ? words.allocation.empty : words.named(by, said)}`,
    emphasis: [clientEmphasis(data), ...largest.map((text) => ({ text }))],
    blocks: [
      tableOf(
        {
          columns: [
            { label: words.columns[data.grouping], cell: ({ key }) => name(key) },
            {
              label: words.unit(words.columns.value, currencySymbol(data.baseCurrency)),
              align: "right",
              cell: ({ value }) => format.amount(value),
            },
            {
              label: words.columns.weight,
              align: "right",
              cell: ({ weightPercent }) => format.percent(weightPercent, 1),
            },
          ],
          rows: parts,
        },
        pen,
      ),
      allocationChart(
        {
          title: words.allocation.titleBy[data.grouping],
          subtitle: clientTitle(data),
          slices: parts,
          currency: data.baseCurrency,
          centreLabel: words.allocation.centre,
          labelOf: name,
        },
        pen,
      ),
      otherGroupings(data, pen),
    ],
  };
}

/** A part's name: the class or currency in words, a sector as the instruments' file writes it. */
function sliceName(grouping: Grouping, key: string, words: Words): string {
  if (grouping === "sector") return key === "" ? words.allocation.noSector : key;
  return labelOf(grouping === "class" ? words.classes : words.currencies, key);
}

function otherGroupings({ client, grouping }: AllocationData, pen: Pen) {
  const { buttons } = pen.words;
  const groupings = [
    { label: buttons.byClass, grouping: "class" },
    { label: buttons.bySector, grouping: "sector" },
    { label: buttons.byCurrency, grouping: "currency" },
  ] as const;
  return buttonsOf(
    [
      ...groupings
        .filter((other) => other.grouping !== grouping)
        .map(({ label, grouping: by }) => ({
          label,
          ask: { intent: "allocation", client, grouping: by } as const,
        })),
      { label: buttons.risk, ask: { intent: "risk", client } },
      { label: buttons.portfolio, ask: { intent: "portfolio", client } },
    ],
    pen,
  );
}
