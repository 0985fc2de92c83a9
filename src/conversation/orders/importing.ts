import type { Asker } from "../../access/access.ts";
import {
  presentImportCancelled,
  presentImportNotFound,
  presentImportNotHere,
  presentImportTold,
  presentImportWhich,
} from "../../messages/importing.ts";
import type { Message } from "../../messages/message.ts";
import type { Language, Lexicon } from "../../questions/question.ts";
import { fold } from "../../questions/text.ts";
import { keepClient, takeClient } from "../importing.ts";
import type { Order, Told } from "../order.ts";
import type { ConversationDeps } from "../ports.ts";
import type { Turn } from "../taken.ts";
import { answeredIn, spoken } from "./spoken.ts";

const IMPORT =
  /^(?:(importar)|import)(?:\s+(?:(?:o |um |a )?(?:arquivo|file|extrato|statement)\s+)?(?:(?:do |da |de |of |for )(?:o |a )?(?:cliente |client )?)?(.+))?$/;
const CANCEL = /^(?:(cancelar)|cancel)(?: a| the)? (?:importacao|import)$/;

export interface ImportOrderDeps {
  readonly talks: Pick<ConversationDeps["talks"], "set" | "take">;
  lexicon(brokers: readonly string[]): Promise<Lexicon>;
  now(): Date;
}

/** `importar cliente123`: the next file that the asker sends in this place, within a while, is of that client. */
export function createImportOrder(deps: ImportOrderDeps): Order {
  return {
    async take(utterance, asker) {
      const words = spoken(utterance.text);
      const cancel = CANCEL.exec(words);
      const found = cancel ?? IMPORT.exec(words);
      if (found === null) return null;
      const language = answeredIn(utterance, found[1] === undefined ? "en" : "pt");
      if (utterance.takesFiles === false) return turn(presentImportNotHere(language), null, "refused");
      if (cancel !== null) {
        await takeClient(deps, { place: utterance.place, asker });
        return turn(presentImportCancelled(language), null, "ok");
      }
      return await told(deps, utterance, { asker, wanted: found[2] ?? null, language });
    },
  };
}

async function told(
  deps: ImportOrderDeps,
  { place }: Told,
  { asker, wanted, language }: { asker: Asker; wanted: string | null; language: Language },
): Promise<Turn> {
  const { clients } = await deps.lexicon(asker.brokers);
  if (wanted === null) return turn(presentImportWhich(clients, language), null, "clarify");
  const client = clientOf(clients, wanted);
  if (client === null) return turn(presentImportNotFound(language), null, "not_found");
  const until = await keepClient(deps, { place, asker }, client.id);
  return turn(presentImportTold(client, until.toISOString(), language), client.id, "ok");
}

/** The client of an id, or the only one of a name; nobody is guessed, for a file would be somebody else's. */
function clientOf(clients: Lexicon["clients"], wanted: string): Lexicon["clients"][number] | null {
  const byId = clients.filter(({ id }) => same(id, wanted));
  const [exact] = byId;
  if (exact !== undefined) return byId.length === 1 ? exact : null;
  const byName = clients.filter(({ name }) => same(name, wanted));
  const [only] = byName;
  return byName.length === 1 && only !== undefined ? only : null;
}

function same(text: string, wanted: string): boolean {
  return fold(text).replace(/\s+/g, " ").trim() === wanted;
}

function turn(message: Message, client: string | null, outcome: Turn["audited"]["outcome"]): Turn {
  return { reply: { message, answer: null }, audited: { intent: "import", client, outcome } };
}
