import type { types } from "@slack/bolt";
import { chunked } from "./blocks.ts";
import { cut } from "./mrkdwn.ts";

export const CHOOSE_ACTION = "carteira.choose";
/** The block's id says which file a choice is for: an option has no room for both. */
const BLOCK = "carteira.file:";

/** Slack's limits of a select: groups, options of a group, and the lengths of their texts. */
const MAX_GROUPS = 100;
const MAX_OPTIONS = 100;
const MAX_TEXT = 75;
const MAX_VALUE = 150;
/** What stands for a client in the name of a group. */
const MAX_NAME = 30;

interface Client {
  readonly id: string;
  readonly name: string;
}

/** A list to choose a client from; more than a hundred are in groups, each named by its first and last. */
export function chooser(clients: readonly Client[], fileId: string, placeholder: string): types.ActionsBlock {
  const groups = chunked(
    clients.filter(({ id }) => id.trim() !== "" && id.length <= MAX_VALUE),
    MAX_OPTIONS,
  ).slice(0, MAX_GROUPS);
  const [only, ...others] = groups;
  return {
    type: "actions",
    block_id: `${BLOCK}${fileId}`,
    elements: [
      {
        type: "static_select",
        action_id: CHOOSE_ACTION,
        placeholder: plain(placeholder),
        ...(only !== undefined && others.length === 0
          ? { options: only.map(optionOf) }
          : {
              option_groups: groups.map((group) => ({
                label: plain(labelOf(group)),
                options: group.map(optionOf),
              })),
            }),
      },
    ],
  };
}

/** The file that a choice is for; null where the block is not one of ours. */
export function fileOfChooser(blockId: string): string | null {
  const id = blockId.startsWith(BLOCK) ? blockId.slice(BLOCK.length) : "";
  return /^F[A-Z0-9]{1,40}$/.test(id) ? id : null;
}

function optionOf(client: Client): types.PlainTextOption {
  return { text: plain(nameOf(client)), value: client.id };
}

function labelOf(group: readonly Client[]): string {
  const [first, last] = [group[0], group.at(-1)];
  return [first, last]
    .map((client) => (client === undefined ? "" : cut(nameOf(client), MAX_NAME)))
    .join(" – ");
}

function nameOf({ id, name }: Client): string {
  return name.trim() === "" || name === id ? id : `${name} · ${id}`;
}

function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text: cut(text, MAX_TEXT), emoji: false };
}
