import type { Asker } from "../../access/access.ts";
import { PERSON_PREFIX } from "../../access/channel-user.ts";
import { uploadersSeenBy } from "../../access/uploaders.ts";
import { presentUploads, type UploadLine } from "../../messages/uploads.ts";
import type { Lexicon } from "../../questions/question.ts";
import type { People, Upload, UploadStore } from "../../state/index.ts";
import type { Order } from "../order.ts";
import { answeredIn, spoken } from "./spoken.ts";

/** Files shown, and looked through for those that may be shown. */
const SHOWN = 10;
const READ_MAX = 100;

const PT =
  /^(?:(?:quais (?:sao|foram) )?(?:os )?(?:meus )?(?:ultimos )?(?:arquivos|envios)(?: enviados| recentes| carregados)?|o que (?:eu )?(?:ja )?enviei)$/;
const EN =
  /^(?:(?:show )?(?:my |the )?(?:last |latest |recent )?uploads|(?:show )?(?:my |the )?(?:last|latest|recent) files|my files|files)$/;

export interface UploadsOrderDeps {
  readonly uploads: Pick<UploadStore, "latestOf">;
  readonly people: Pick<People, "list">;
  lexicon(brokers: readonly string[]): Promise<Lexicon>;
  demo(): Promise<boolean>;
}

/** `últimos arquivos`: what the asker sent last, and a manager's brokers, with what became of the rows. */
export function createUploadsOrder(deps: UploadsOrderDeps): Order {
  return {
    async take(utterance, asker) {
      const words = spoken(utterance.text);
      const english = EN.test(words);
      if (!english && !PT.test(words)) return null;
      const [uploads, demo] = await Promise.all([linesOf(deps, asker), deps.demo()]);
      const message = presentUploads({ uploads, demo }, answeredIn(utterance, english ? "en" : "pt"));
      return {
        reply: { message, answer: null },
        audited: { intent: "uploads", client: null, outcome: "ok" },
      };
    },
  };
}

async function linesOf(deps: UploadsOrderDeps, asker: Asker): Promise<readonly UploadLine[]> {
  const users = await uploadersSeenBy(asker, deps.people);
  const uploads = await deps.uploads.latestOf(users, READ_MAX);
  const others = uploads.some(({ userId }) => userId !== asker.userId);
  const [clients, names] = others
    ? await Promise.all([clientsOf(deps, asker), namesOf(deps)])
    : [new Set<string>(), new Map<string, string>()];
  return uploads
    .filter(({ userId, clientId }) => userId === asker.userId || clientId === null || clients.has(clientId))
    .slice(0, SHOWN)
    .map((upload) => lineOf(upload, asker, names));
}

/** Another's file that was told to be of a client who is not the asker's any more is not named: its name may be. */
async function clientsOf(deps: UploadsOrderDeps, asker: Asker): Promise<ReadonlySet<string>> {
  const { clients } = await deps.lexicon(asker.brokers);
  return new Set(clients.map(({ id }) => id));
}

async function namesOf({ people }: UploadsOrderDeps): Promise<ReadonlyMap<string, string>> {
  return new Map((await people.list()).map(({ id, name }) => [`${PERSON_PREFIX}${id}`, name]));
}

function lineOf(
  { fileName, receivedAt, status, counts, userId }: Upload,
  asker: Asker,
  names: ReadonlyMap<string, string>,
): UploadLine {
  return {
    file: fileName,
    at: receivedAt,
    status,
    loaded: counts === null ? null : counts.loaded + counts.replaced,
    rejected: counts?.rejected ?? null,
    sender: userId === asker.userId ? null : (names.get(userId) ?? userId),
  };
}
