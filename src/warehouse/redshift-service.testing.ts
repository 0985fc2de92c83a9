import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  AwsFault,
  type AwsService,
  type Engine,
  type EngineResult,
  outsideTexts,
  serveAws,
} from "./aws-service.testing.ts";

/** Redshift's Data API over an engine of a test: one statement a session at a time, no empty values, results in pages. */

interface ExecuteInput {
  readonly Sql: string;
  readonly Parameters?: readonly { readonly name: string; readonly value: string }[];
  readonly Database?: string;
  readonly WorkgroupName?: string;
  readonly SessionId?: string;
  readonly SessionKeepAliveSeconds?: number;
  readonly WaitTimeSeconds?: number;
}

interface BatchInput {
  readonly Sqls: readonly string[];
  readonly Database?: string;
  readonly WorkgroupName?: string;
  readonly WaitTimeSeconds?: number;
}

/** Runs statements in one transaction. */
type Transact = (statements: readonly string[]) => Promise<void>;

interface Statement {
  readonly session: string | null;
  readonly sql: string;
  status: "STARTED" | "FINISHED" | "FAILED" | "ABORTED";
  result: EngineResult | null;
}

export interface RedshiftService extends AwsService {
  /** The next statements end so, one each; `SLOW` needs more than the call that starts it. */
  endNext(...endings: readonly Ending[]): void;
  /** How many sessions were opened. */
  sessions(): number;
  endSessions(): void;
}

type Ending = "FINISHED" | "FAILED" | "ABORTED" | "SLOW" | "HANGING";

const SQL_MAX = 100_000;
const BATCH_MAX = 40;
const WAIT_MAX_S = 30;
const LOOK_MS = 10;
const SLOW_MS = 60;
const S = 1_000;

const noTransactions: Transact = async () => {
  throw new Error("no transactions here");
};

export async function serveRedshift(
  engine: Engine,
  pageRows = 7,
  transact: Transact = noTransactions,
): Promise<RedshiftService> {
  const statements = new Map<string, Statement>();
  const open = new Set<string>();
  const busy = new Set<string>();
  const endings: Ending[] = [];
  let opened = 0;
  const find = (id: string): Statement => {
    const found = statements.get(id);
    if (found === undefined) throw new AwsFault("ResourceNotFoundException", "no such statement");
    return found;
  };
  const waitFor = async (statement: Statement, seconds = 0): Promise<void> => {
    if (seconds > WAIT_MAX_S) throw new AwsFault("ValidationException", "too long a wait");
    const until = Date.now() + seconds * S;
    while (statement.status === "STARTED" && Date.now() < until) await pause(LOOK_MS);
  };
  const service = await serveAws({
    async ExecuteStatement(input: ExecuteInput) {
      const ending = endings.shift() ?? "FINISHED";
      check(input);
      const session = input.SessionId ?? randomUUID();
      if (input.SessionId === undefined) opened += 1;
      else if (!open.has(session) || busy.has(session))
        throw new AwsFault("ValidationException", "session is not available");
      open.add(session);
      busy.add(session);
      const statement: Statement = { session, sql: input.Sql, status: "STARTED", result: null };
      const id = randomUUID();
      statements.set(id, statement);
      const work = () => runNamed(engine, input);
      void runStatement(statement, work, ending).finally(() => busy.delete(session));
      await waitFor(statement, ending === "SLOW" ? 0 : input.WaitTimeSeconds);
      return { Id: id, SessionId: session, Status: statement.status };
    },
    async BatchExecuteStatement({ Sqls: sqls, WaitTimeSeconds: seconds, ...where }: BatchInput) {
      if (sqls.length < 1 || sqls.length > BATCH_MAX)
        throw new AwsFault("ValidationException", "too many statements");
      for (const sql of sqls) check({ Sql: sql, ...where });
      const statement: Statement = { session: null, sql: sqls.join(";"), status: "STARTED", result: null };
      const id = randomUUID();
      statements.set(id, statement);
      const work = async () => {
        await transact(sqls);
        return null;
      };
      const ending = endings.shift() ?? "FINISHED";
      void runStatement(statement, work, ending);
      await waitFor(statement, ending === "SLOW" ? 0 : seconds);
      return { Id: id, Status: statement.status };
    },
    async DescribeStatement(input: { readonly Id: string; readonly WaitTimeSeconds?: number }) {
      const statement = find(input.Id);
      await waitFor(statement, input.WaitTimeSeconds);
      const error = statement.status === "FAILED" ? { Error: `it was about ${statement.sql}` } : {};
      return { Id: input.Id, Status: statement.status, ...error };
    },
    async CancelStatement({ Id: id }: { readonly Id: string }) {
      find(id).status = "ABORTED";
      return { Status: true };
    },
    async GetStatementResult(input: { readonly Id: string; readonly NextToken?: string }) {
      const { result } = find(input.Id);
      if (result === null) throw new AwsFault("ResourceNotFoundException", "no results");
      return pageOf(result, Number(input.NextToken ?? 0), pageRows);
    },
  });
  return {
    ...service,
    endNext: (...next) => void endings.push(...next),
    sessions: () => opened,
    endSessions: () => open.clear(),
  };
}

function check({
  Sql: sql,
  Parameters: parameters = [],
  SessionId: session,
  Database: database,
}: ExecuteInput): void {
  if (sql.length > SQL_MAX) throw new AwsFault("ValidationException", "too long a statement");
  if ((session === undefined) === (database === undefined))
    throw new AwsFault("ValidationException", "a session, or a database");
  if (parameters.some(({ name, value }) => value === "" || !/^\w+$/.test(name)))
    throw new AwsFault("ValidationException", "Parameter value can't be empty");
}

async function runStatement(
  statement: Statement,
  work: () => Promise<EngineResult | null>,
  ending: Ending,
): Promise<void> {
  while (ending === "HANGING" && statement.status === "STARTED") await pause(LOOK_MS);
  if (ending === "SLOW") await pause(SLOW_MS);
  if (ending === "FAILED" || ending === "ABORTED") statement.status = ending;
  if (statement.status !== "STARTED") return;
  try {
    statement.result = await work();
    statement.status = "FINISHED";
  } catch {
    statement.status = "FAILED";
  }
}

async function runNamed(
  engine: Engine,
  { Sql: sql, Parameters: parameters = [] }: ExecuteInput,
): Promise<EngineResult> {
  const numbered = outsideTexts(sql, /:([A-Za-z_]\w*)/g, ([, name]) => {
    const at = parameters.findIndex((parameter) => parameter.name === name);
    if (at < 0) throw new Error(`no parameter ${name}`);
    return `$${at + 1}`;
  });
  return await engine(
    numbered,
    parameters.map(({ value }) => value),
  );
}

function pageOf({ columns, rows }: EngineResult, from: number, pageRows: number): object {
  const next = from + pageRows;
  return {
    ...(next < rows.length ? { NextToken: String(next) } : {}),
    TotalNumRows: rows.length,
    ColumnMetadata: columns.map(({ name, type }) => ({ name, typeName: type })),
    Records: rows.slice(from, next).map((row) =>
      row.map((text, at) => {
        const type = columns[at]?.type;
        if (text === null) return { isNull: true };
        if (type === "int8" || type === "int4") return { longValue: Number(text) };
        return type === "bool" ? { booleanValue: text === "t" || text === "true" } : { stringValue: text };
      }),
    ),
  };
}
