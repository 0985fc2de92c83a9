import { tableOf, textBlock } from "../../../src/messages/page.ts";
import { ROWS_MAX, type Section } from "../section.ts";

/** Alerts that fired since the digest before. */
export const alertsSection: Section = {
  line: ({ alerts }, { words, format }) =>
    alerts.length === 0
      ? null
      : textBlock(words.digest.alertCount(format.count(alerts.length), alerts.length > 1)),
  draft: ({ alerts }, pen) => {
    const { words, format } = pen;
    if (alerts.length === 0) return null;
    return {
      headline: words.named(words.digest.alerts, format.count(alerts.length)),
      blocks: [
        tableOf(
          {
            columns: [
              { label: words.digest.columns.when, cell: ({ at }) => format.moment(at) },
              { label: words.digest.columns.alert, cell: ({ text }) => text },
            ],
            rows: alerts.slice(0, ROWS_MAX),
            more: alerts.length - ROWS_MAX,
          },
          pen,
        ),
      ],
    };
  },
};
