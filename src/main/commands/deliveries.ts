import { deliveryWords } from "../../../reports/delivery/words.ts";
import { ADMIN_USER } from "../../access/access.ts";
import { createAuditWriter } from "../../access/audit.ts";
import { penOf } from "../../messages/page.ts";
import type { DeliveryRow, State } from "../../state/index.ts";
import { readArguments, readLimit } from "../arguments.ts";
import { EXIT, Refusal } from "../exit.ts";
import type { Shell } from "../shell.ts";
import { openStore } from "../store.ts";
import { table } from "../table.ts";
import type { Words } from "../words/words.ts";

const OPTIONS = {
  failed: { type: "boolean" },
  resend: { type: "string" },
  limit: { type: "string" },
  json: { type: "boolean" },
} as const;

/** Lists what was sent unasked, the latest first, or sends one of them again to its recipient. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, terminal } = shell;
  const { values, positionals } = readArguments(args, OPTIONS, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const limit = readLimit(values.limit, words);
  const { state } = await openStore(shell);
  if (values.resend !== undefined)
    return await resend(state, values.resend.trim(), shell, values.json === true);
  const rows = await state.deliveries.list(
    limit,
    values.failed === true ? { states: ["failed", "unknown"] } : {},
  );
  if (values.json === true) {
    terminal.json(rows.map(toJson));
    return EXIT.answered;
  }
  if (rows.length === 0)
    terminal.print(values.failed === true ? words.deliveries.noneFailed : words.deliveries.none);
  else
    for (const line of table([words.deliveries.columns, ...rows.map((row) => cells(row, words))]))
      terminal.print(line);
  if (rows.length === limit) terminal.note(words.deliveries.more(limit));
  return EXIT.answered;
}

/** A running service sends it; without one it leaves with the next start. */
async function resend(state: State, id: string, { words, terminal }: Shell, json: boolean): Promise<number> {
  const row = await state.deliveries.resend(id, "cli");
  if (row === null) {
    const there = await state.deliveries.find(id);
    throw new Refusal(
      EXIT.badInput,
      there === null ? words.deliveries.notFound(id) : words.deliveries.onItsWay(id),
    );
  }
  await createAuditWriter(state.audit)({
    who: ADMIN_USER,
    place: `cli:deliveries:${id}`,
    intent: "delivery_resend",
    client: null,
    outcome: "ok",
  });
  if (json) terminal.json(toJson(row));
  else terminal.print(words.deliveries.resent(row.id, row.owner));
  return EXIT.answered;
}

function cells(row: DeliveryRow, { language }: Words): readonly string[] {
  const say = deliveryWords(language);
  const state = say.state(row.state);
  return [
    row.id,
    penOf(language).format.moment(row.slot),
    say.kind(row.kind),
    row.owner,
    row.target.channel,
    row.reason === null ? state : `${state}: ${say.reason(row.reason)}`,
    String(row.attempts),
  ];
}

/** What a script needs; what was said to whom is the channel's business. */
function toJson(row: DeliveryRow): object {
  const { id, kind, subscriptionId, owner, target, slot, state, reason, attempts, nextTryAt, resendOf } = row;
  return {
    delivery: id,
    kind,
    subscription: subscriptionId,
    owner,
    target,
    slot,
    state,
    reason,
    attempts,
    nextTryAt,
    resendOf,
    updatedAt: row.updatedAt,
    sent: row.sentRecord,
  };
}
