import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  type RedshiftDataClient,
} from "@aws-sdk/client-redshift-data";
import { awsFailure } from "./aws-failure.ts";
import { type Begun, ended, endedBadly } from "./redshift-ended.ts";
import { placeOf, type RedshiftPlace, waitUntil } from "./redshift-place.ts";
import { WarehouseError } from "./warehouse.ts";

const SERVICE = "Redshift";
/** The most that one call takes. */
const STATEMENTS_MAX = 40;

interface Batches {
  readonly client: RedshiftDataClient;
  readonly place: RedshiftPlace;
  /** How long one transaction may take. */
  readonly timeoutMs: number;
}

/** Runs statements in one transaction: all of them, or none. `what` is what errors call it. Throws WarehouseError. */
export async function transact(batches: Batches, what: string, statements: readonly string[]): Promise<void> {
  if (statements.length > STATEMENTS_MAX) {
    throw new WarehouseError(
      "failed",
      `${what} has ${statements.length} statements, more than ${STATEMENTS_MAX}`,
    );
  }
  await settle(
    batches,
    what,
    (where) => new BatchExecuteStatementCommand({ ...where, Sqls: [...statements] }),
  );
}

/** The first column of a query that has few rows, as texts. Throws WarehouseError. */
export async function textsOf(batches: Batches, what: string, sql: string): Promise<readonly string[]> {
  const id = await settle(batches, what, (where) => new ExecuteStatementCommand({ ...where, Sql: sql }));
  try {
    const { Records: rows = [] } = await batches.client.send(new GetStatementResultCommand({ Id: id }));
    return rows.map(([field]) => field?.stringValue ?? "");
  } catch (error) {
    throw awsFailure(SERVICE, what, error);
  }
}

type Command = BatchExecuteStatementCommand | ExecuteStatementCommand;
type Where = ReturnType<typeof placeOf> & ReturnType<typeof waitUntil>;

async function settle(
  { client, place, timeoutMs }: Batches,
  what: string,
  commandOf: (where: Where) => Command,
): Promise<string> {
  const deadline = Date.now() + timeoutMs;
  try {
    const command = commandOf({ ...placeOf(place), ...waitUntil(deadline) });
    const { Id: id, Status: first } = await (command instanceof BatchExecuteStatementCommand
      ? client.send(command)
      : client.send(command));
    if (id === undefined) throw new WarehouseError("failed", `${SERVICE} began ${what} without an id`);
    const begun: Begun = { id, status: first, what, deadline };
    const status = await ended(client, begun);
    if (status !== "FINISHED") throw endedBadly(status, begun);
    return id;
  } catch (error) {
    throw awsFailure(SERVICE, what, error);
  }
}
