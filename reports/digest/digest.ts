import type { Answers } from "../../src/answers/answers.ts";
import type { Briefing } from "../../src/answers/briefing-data.ts";
import type { MarketHours } from "../../src/market/hours.ts";
import { demoLine, footerOf } from "../../src/messages/footer.ts";
import type { Message } from "../../src/messages/message.ts";
import { messageOf, type Pen, penOf } from "../../src/messages/page.ts";
import { type DigestMoment, momentOf, type Told } from "./moment.ts";
import { nothingDraft, parentDraft } from "./parent.ts";
import type { RejectedFile } from "./rejected.ts";
import type { Contents, DigestAlert, Section } from "./section.ts";
import { alertsSection } from "./sections/alerts.ts";
import { allocationSection } from "./sections/allocation.ts";
import { assetsSection } from "./sections/assets.ts";
import { clientsSection } from "./sections/clients.ts";
import { dataSection } from "./sections/data.ts";
import { incomeSection } from "./sections/income.ts";
import { maturitiesSection } from "./sections/maturities.ts";
import { returnsSection } from "./sections/returns.ts";

/** The daily digest: what happened to the clients of some brokers, and what matters next. */

/** In the order in which they are sent. */
export const DIGEST_SECTIONS = [
  "returns",
  "clients",
  "assets",
  "allocation",
  "income",
  "maturities",
  "alerts",
  "data",
] as const;
export type DigestSection = (typeof DIGEST_SECTIONS)[number];

const SECTIONS: Readonly<Record<DigestSection, Section>> = {
  returns: returnsSection,
  clients: clientsSection,
  assets: assetsSection,
  allocation: allocationSection,
  income: incomeSection,
  maturities: maturitiesSection,
  alerts: alertsSection,
  data: dataSection,
};

export interface DigestRequest {
  readonly brokers: readonly string[];
  readonly language: "pt" | "en";
  /** Empty: only the first message, without the lines of any section. */
  readonly sections: readonly DigestSection[];
  readonly moment: DigestMoment;
  /** As known today about the day of this instant; null is now. */
  readonly at: Date | null;
  /** One client; null is all of the brokers'. */
  readonly client: string | null;
  /** `Asker.userId` of who gets it: whose alerts are told of. */
  readonly owner?: string;
  /** Users whose files with refused rows are told of; absent: the brokers and the owner. */
  readonly uploaders?: readonly string[];
}

export interface Digest {
  /** The first one answers; the others belong in its thread, one a section that has something to tell. */
  readonly messages: readonly Message[];
  /** Then there is one message of one line, which may as well be skipped. */
  readonly nothingToSay: boolean;
  readonly runId: string;
  /** The newest price that the figures rest on: a day or an instant; null where they rest on none. */
  readonly asOf: string | null;
}

export interface DigestDeps {
  readonly answers: Pick<Answers, "briefing">;
  readonly now: () => Date;
  readonly hours: MarketHours;
  /** Files of these users with rows that were refused lately; absent where nobody can tell. */
  readonly rejected?: (query: {
    readonly users: readonly string[];
    readonly client: string | null;
    readonly until: Date;
  }) => Promise<readonly RejectedFile[]>;
  /** Alerts of the owner that fired in the stretch, of these brokers' clients only; absent where there are no alerts. */
  readonly alerts?: (query: {
    readonly owner: string;
    readonly brokers: readonly string[];
    readonly client: string | null;
    readonly since: Date;
    readonly until: Date;
    readonly language: "pt" | "en";
  }) => Promise<readonly DigestAlert[]>;
}

export interface Digests {
  /**
   * Puts the digest of a scope in words. Null where these brokers have no such client. Throws WarehouseError (`not_ready` before
   * anything is published) and CalendarError.
   *
   * @example await digests.compose({ brokers: ["corretor1"], language: "pt", sections: DIGEST_SECTIONS, moment: "now", at: null, client: null })
   */
  compose(request: DigestRequest): Promise<Digest | null>;
}

export function createDigests(deps: DigestDeps): Digests {
  return {
    async compose(request) {
      const { brokers, client, at, language } = request;
      const instant = at ?? deps.now();
      const told = momentOf({ moment: request.moment, at, now: deps.now(), hours: deps.hours });
      const wanted = (section: DigestSection) => request.sections.includes(section);
      const { owner } = request;
      const users = request.uploaders ?? [...brokers, ...(owner === undefined ? [] : [owner])];
      const [briefing, rejected, alerts] = await Promise.all([
        deps.answers.briefing({ brokers, client, at, before: told.before }),
        wanted("data") && deps.rejected ? deps.rejected({ users, client, until: instant }) : [],
        wanted("alerts") && deps.alerts && owner !== undefined
          ? deps.alerts({ owner, brokers, client, since: told.since, until: instant, language })
          : [],
      ]);
      return briefing === null ? null : digestOf({ briefing, told, rejected, alerts }, request);
    },
  };
}

function digestOf(contents: Contents, { language, sections }: DigestRequest): Digest {
  const { briefing, told } = contents;
  const pen = penOf(language, briefing.session);
  const nothingToSay = isSilent(contents);
  const chosen = DIGEST_SECTIONS.filter((section) => sections.includes(section)).map(
    (name) => SECTIONS[name],
  );
  return {
    messages: nothingToSay
      ? [messageOf(nothingDraft(briefing, told, pen), demoLine(briefing.demo, pen))]
      : messagesOf(contents, chosen, pen),
    nothingToSay,
    runId: briefing.runId,
    asOf: briefing.asOf,
  };
}

function messagesOf(contents: Contents, sections: readonly Section[], pen: Pen): readonly Message[] {
  const footer = footerOf(contents.briefing, pen);
  const lines = sections.flatMap((section) => section.line(contents, pen) ?? []);
  const drafts = sections.flatMap((section) => section.draft(contents, pen) ?? []);
  return [parentDraft(contents, lines, pen), ...drafts].map((draft) => messageOf(draft, footer));
}

/** Nobody holds anything; or no session, and nothing of its own on such a day. */
function isSilent({ briefing, told, alerts }: Contents): boolean {
  return briefing.empty || (!told.session && alerts.length === 0 && !hasEvents(briefing, told));
}

function hasEvents({ maturities, income }: Briefing, { day }: Told): boolean {
  return maturities.some((maturity) => maturity.day === day) || income.session.byAsset.length > 0;
}
