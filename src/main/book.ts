import { type Alerts, createAlerts } from "../../reports/alerts/alerts.ts";
import { alertSettings } from "../../reports/alerts/settings.ts";
import { createStatementOrder } from "../../reports/statement/order.ts";
import type { Statements } from "../../reports/statement/statements.ts";
import { DIGEST_KIND } from "../../reports/subscribe/order.ts";
import { type Access, type BrokerDirectory, createAccess } from "../access/access.ts";
import { createAuditWriter } from "../access/audit.ts";
import { createLimits } from "../access/limits.ts";
import { whomToAsk } from "../access/whom-to-ask.ts";
import { createAnswers } from "../answers/answers.ts";
import { drawOnce } from "../charts/draw-once.ts";
import { ChartPool } from "../charts/pool.ts";
import { createConversation } from "../conversation/conversation.ts";
import { createOrders } from "../conversation/orders/orders.ts";
import type { SettingsSection } from "../conversation/orders/settings.ts";
import type { Conversation } from "../conversation/turn.ts";
import type { Lake } from "../lake/lake.ts";
import { dayIn } from "../money/day.ts";
import { type Warehouse, WarehouseError } from "../warehouse/warehouse.ts";
import { announcedIncome } from "./alerts/income.ts";
import { ALERT_KIND } from "./alerts/plan.ts";
import { briefedOnce } from "./briefed-once.ts";
import { alertComposer, digestComposer } from "./composers.ts";
import { digestsOf } from "./digests.ts";
import type { HomeInfo } from "./home.ts";
import type { Intake } from "./ingest.ts";
import { openIntake } from "./intake.ts";
import { createLogger } from "./logger.ts";
import { createReports, type Reports } from "./reports.ts";
import type { Shell } from "./shell.ts";
import { openStatements } from "./statements.ts";
import { openStore, type Store } from "./store.ts";
import { createUploads } from "./uploads.ts";
import { openWarehouse } from "./warehouse.ts";

/** One home with everything that answers from it and adds to it. */
export interface Book extends Store {
  readonly access: Access;
  readonly alerts: Alerts;
  readonly answers: ReturnType<typeof createAnswers>;
  readonly conversation: Conversation;
  readonly directory: BrokerDirectory;
  readonly intake: Intake;
  readonly reports: Reports;
  /** Draws pictures for channels and reports; its threads start with the first one. */
  readonly pictures: Pick<ChartPool, "draw">;
  readonly statements: Statements;
  readonly warehouse: Warehouse;
}

/**
 * Composes all rooms over the home that the shell is set to; it is closed when the command ends. Creates nothing
 * unless `begin` says what. `openEngine` brings another engine than the settings do. Throws Refusal (not set up), HomeError,
 * StateError.
 */
export async function openBook(
  shell: Shell,
  begin?: HomeInfo,
  openEngine: (lake: Lake) => Promise<Warehouse> = (lake) => openWarehouse(shell, lake),
): Promise<Book> {
  const { io } = shell;
  const store = await openStore(shell, begin);
  const warehouse = await openEngine(store.lake);
  shell.onEnd(() => warehouse.close());
  const answers = createAnswers({ warehouse, now: io.now, hours: shell.config.b3Hours });
  const directory: BrokerDirectory = { brokers: () => brokersOf(answers) };
  const intake = openIntake(store, shell);
  const { uploads, events, talks, audit, people } = store.state;
  const access = createAccess(directory, people);
  const pool = new ChartPool();
  const pictures = { draw: drawOnce(pool.draw) };
  shell.onEnd(() => pool.close());
  const statements = openStatements(shell, { answers, people, draw: pictures.draw });
  const alerts = alertsOf(store, shell, { answers, access });
  const demo = async () => store.info.demo;
  const digests = digestsOf(
    { answers: { briefing: briefedOnce(answers.briefing, io.now) }, alerts, state: store.state },
    shell,
  );
  const reports = createReports({
    ...store,
    access,
    composers: { [DIGEST_KIND]: digestComposer(digests, people), [ALERT_KIND]: alertComposer(alerts) },
    config: shell.config,
    now: io.now,
  });
  const settings: readonly SettingsSection[] = [
    reports.settings,
    ({ userId }, language) => alertSettings(store.state, userId, language),
  ];
  const conversation = createConversation({
    answers,
    uploads: createUploads({ intake, find: uploads.find, lake: store.lake }),
    orders: [
      ...createOrders({
        answers,
        people,
        uploads,
        talks,
        demo,
        now: io.now,
        dashboardUrl: shell.config.dashboardUrl,
        settings,
      }),
      ...reports.orders,
      createStatementOrder({ statements, answers, demo, now: io.now }),
      alerts.order,
    ],
    events,
    talks,
    audit: createAuditWriter(audit),
    identify: access.identify,
    whomToAsk: () => whomToAsk(shell.config.access.contact, people),
    limits: createLimits(shell.config.access, io.now),
    demo,
    dayOf: (instant) => dayIn(instant),
    logger: createLogger(io.stderr, io.now),
    now: io.now,
  });
  return {
    ...store,
    access,
    alerts,
    answers,
    conversation,
    directory,
    intake,
    pictures,
    reports,
    statements,
    warehouse,
  };
}

function alertsOf(
  store: Store,
  { config, io }: Shell,
  { answers, access }: Pick<Book, "answers" | "access">,
): Alerts {
  return createAlerts({
    state: store.state,
    watch: answers.watch,
    lexicon: answers.lexicon,
    again: access.again,
    announced: announcedIncome(store),
    maxPerHour: config.alertsPerHour,
    hours: config.b3Hours,
    now: io.now,
  });
}

/** Before anything is published there are no brokers; the admin, who loads the first clients, is known all the same. */
async function brokersOf(answers: BrokerDirectory): Promise<readonly string[]> {
  try {
    return await answers.brokers();
  } catch (error) {
    if (error instanceof WarehouseError && error.code === "not_ready") return [];
    throw error;
  }
}
