import { type Access, type BrokerDirectory, createAccess } from "../access/access.ts";
import { createAuditWriter } from "../access/audit.ts";
import { createLimits } from "../access/limits.ts";
import { whomToAsk } from "../access/whom-to-ask.ts";
import { createAnswers } from "../answers/answers.ts";
import { createConversation } from "../conversation/conversation.ts";
import { createOrders } from "../conversation/orders/orders.ts";
import type { Conversation } from "../conversation/turn.ts";
import { dayIn } from "../money/day.ts";
import { openDuckDbWarehouse } from "../warehouse/duckdb.ts";
import { type Warehouse, WarehouseError } from "../warehouse/warehouse.ts";
import type { HomeInfo } from "./home.ts";
import { createIntake, type Intake } from "./ingest.ts";
import { createLogger } from "./logger.ts";
import type { Shell } from "./shell.ts";
import { openStore, type Store } from "./store.ts";
import { createUploads } from "./uploads.ts";

/** One home with everything that answers from it and adds to it. */
export interface Book extends Store {
  readonly access: Access;
  readonly answers: ReturnType<typeof createAnswers>;
  readonly conversation: Conversation;
  readonly directory: BrokerDirectory;
  readonly intake: Intake;
  readonly warehouse: Warehouse;
}

/**
 * Composes all rooms over the home that the shell is set to; it is closed when the command ends. Creates nothing
 * unless `begin` says what. Throws Refusal (not set up), HomeError, StateError.
 */
export async function openBook(shell: Shell, begin?: HomeInfo): Promise<Book> {
  const { io, terminal, words } = shell;
  const store = await openStore(shell, begin);
  const warehouse = await openDuckDbWarehouse(store.lake);
  shell.onEnd(() => warehouse.close());
  const answers = createAnswers({ warehouse, now: io.now, hours: shell.config.b3Hours });
  const directory: BrokerDirectory = { brokers: () => brokersOf(answers) };
  const onWait = () => terminal.progress(words.waitingForOther, null);
  const intake = createIntake(store, { now: io.now, onWait });
  const { uploads, events, talks, audit, people } = store.state;
  const access = createAccess(directory, people);
  const demo = async () => store.info.demo;
  const conversation = createConversation({
    answers,
    uploads: createUploads({ intake, find: uploads.find, lake: store.lake }),
    orders: createOrders({ answers, people, uploads, talks, demo, now: io.now, settings: [] }),
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
  return { ...store, access, answers, conversation, directory, intake, warehouse };
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
