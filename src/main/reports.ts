import { readManifest } from "../../pipeline/gold/publish.ts";
import { type DeliveryMetrics, deliveryMetrics } from "../../reports/delivery/metrics.ts";
import { type AdminRecipient, NOTICE_KIND, noticeComposer } from "../../reports/delivery/notice.ts";
import { createPacer } from "../../reports/delivery/pacer.ts";
import { createParcelCache } from "../../reports/delivery/parcel-cache.ts";
import type { Composer, Outlet } from "../../reports/delivery/ports.ts";
import { createReporter, type Reporter } from "../../reports/delivery/reporter.ts";
import { DEFAULT_WORKER } from "../../reports/delivery/worker.ts";
import { DIGEST_SECTIONS } from "../../reports/digest/digest.ts";
import type { PlanRules } from "../../reports/schedule/planning.ts";
import { createDigestOrder } from "../../reports/subscribe/order.ts";
import { digestSettings } from "../../reports/subscribe/settings.ts";
import type { Access } from "../access/access.ts";
import { PERSON_PREFIX } from "../access/channel-user.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../conversation/failure.ts";
import { reportFailure } from "../conversation/failure.ts";
import type { Order } from "../conversation/order.ts";
import type { SettingsSection } from "../conversation/orders/settings.ts";
import type { Lake } from "../lake/lake.ts";
import type { State, Target } from "../state/index.ts";
import type { TextOut } from "./terminal.ts";

/** What is sent unasked. A channel puts its outlet into `outlets` once it has started. */
export interface Reports {
  readonly outlets: Partial<Record<Target["channel"], Outlet>>;
  /** What people set by telling it in a chat. */
  readonly orders: readonly Order[];
  /** The digests that somebody has set, among their settings. */
  readonly settings: SettingsSection;
  /** Makes what plans and sends, for the service. */
  reporter(deps: { readonly logger: Logger; readonly log: TextOut }): Reporter;
}

interface ReportsDeps {
  readonly state: State;
  readonly lake: Lake;
  readonly access: Access;
  readonly config: Pick<Config, "b3Hours" | "delivery" | "language">;
  /** Those who make each kind that is sent, beside notices of failures. */
  readonly composers: Readonly<Record<string, Composer>>;
  readonly now: () => Date;
}

export function createReports(deps: ReportsDeps): Reports {
  const { state, config, now } = deps;
  const outlets: Reports["outlets"] = {};
  const composers = { ...deps.composers, [NOTICE_KIND]: noticeComposer };
  const rules = planRules(config);
  const { subscriptions, deliveries } = state;
  const digest = createDigestOrder({
    subscriptions,
    deliveries,
    rules,
    menu: DIGEST_SECTIONS,
    reaches: (channel) => outlets[channel] !== undefined,
    now,
  });
  return {
    outlets,
    orders: [digest],
    settings: ({ userId }, language) =>
      digestSettings({ subscriptions, menu: DIGEST_SECTIONS }, userId, language),
    reporter({ logger, log }) {
      const failed = (event: string, error: unknown) => void reportFailure(logger, event, error);
      const tell = hourly(now, async () => {
        const metrics = await metricsOf(deps);
        // Whoever sends nothing is not told so every hour.
        if (Object.values(metrics.counts).every((count) => count === 0) && metrics.waitingMs === null) return;
        log.write(
          `${JSON.stringify({ at: now().toISOString(), level: "info", event: "deliveries", ...metrics })}\n`,
        );
      });
      const warn = hourly(now, async (problems: readonly { readonly code: string }[]) =>
        logger.error("schedules_not_planned", { problems }),
      );
      return createReporter({
        planning: { subscriptions, rules, now },
        worker: {
          ...{ deliveries, subscriptions, access: deps.access, composers, outlets, now, failed },
          pacer: createPacer({ perSecond: config.delivery.perSecond, samePlaceMs: 1_000 }, () =>
            performance.now(),
          ),
          cache: createParcelCache(),
          settings: { ...DEFAULT_WORKER, attemptsMax: config.delivery.attemptsMax },
          random: Math.random,
        },
        notices: { deliveries, admins: () => adminsOf(deps, outlets), now },
        async looked({ problems }) {
          if (problems.length > 0) await warn(problems);
          await tell();
        },
      });
    },
  };
}

/** The settings as the rules of schedules. */
export function planRules({ b3Hours, delivery }: Pick<Config, "b3Hours" | "delivery">): PlanRules {
  const { beforeOpenMs, afterCloseMs, windowMs } = delivery;
  return { hours: b3Hours, beforeOpenMs, afterCloseMs, windowMs };
}

/** How deliveries stand, with the age of the figures that they are made from. */
async function metricsOf({
  state,
  lake,
  now,
}: Pick<ReportsDeps, "state" | "lake" | "now">): Promise<DeliveryMetrics> {
  const published = await readManifest(lake);
  const builtAt = published === null ? null : new Date(published.manifest.createdAt);
  return await deliveryMetrics(state.deliveries, now(), builtAt);
}

/** Every admin of the people table, by each of their users in a channel that can be written to. */
async function adminsOf(
  { state, config }: ReportsDeps,
  outlets: Reports["outlets"],
): Promise<readonly AdminRecipient[]> {
  const people = await state.people.list();
  return people
    .filter(({ role, removedAt }) => role === "admin" && removedAt === null)
    .flatMap(({ id, links, language }) =>
      links.flatMap((who): readonly AdminRecipient[] => {
        const channel = who.startsWith("slack:") ? "slack" : "teams";
        if (outlets[channel] === undefined) return [];
        const target = { channel, who, place: null } as const;
        return [{ owner: `${PERSON_PREFIX}${id}`, target, language: language ?? config.language }];
      }),
    );
}

const HOUR_MS = 3_600_000;

/** Does the work once an hour at most, however often it is called. */
function hourly<Given extends readonly unknown[]>(
  now: () => Date,
  work: (...given: Given) => Promise<void>,
): (...given: Given) => Promise<void> {
  let lastMs = Number.NEGATIVE_INFINITY;
  return async (...given) => {
    if (now().getTime() - lastMs < HOUR_MS) return;
    lastMs = now().getTime();
    await work(...given);
  };
}
