import { randomUUID } from "node:crypto";
import {
  AwsFault,
  type AwsService,
  type Engine,
  type EngineResult,
  type EngineType,
  outsideTexts,
  serveAws,
} from "./aws-service.testing.ts";

/**
 * Athena's API over an engine of a test. Parameters are expressions that stand for the `?` in their order, and a token
 * brings back the query of its first use, as Athena does it.
 */

interface StartInput {
  readonly QueryString: string;
  readonly ClientRequestToken: string;
  readonly WorkGroup: string;
  readonly ExecutionParameters?: readonly string[];
}

type Ending = "SUCCEEDED" | "FAILED" | "RETRYABLE" | "CANCELLED" | "HANGING";

interface Execution {
  readonly sql: string;
  state: "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  retryable: boolean;
  endedAt: number | null;
  result: EngineResult | null;
  asked: number;
}

export interface AthenaService extends AwsService {
  /** How the next queries end, one each; those after them succeed where the engine does. */
  endNext(...endings: readonly Ending[]): void;
  /** All queries that have ended did so this long ago. */
  age(ms: number): void;
  /** How many queries were really run. */
  executions(): number;
  loseResults(): void;
}

const TYPES: Readonly<Record<EngineType, string>> = {
  varchar: "varchar",
  text: "varchar",
  int8: "bigint",
  int4: "integer",
  numeric: "decimal",
  date: "date",
  timestamp: "timestamp",
  bool: "boolean",
};
const TOKEN_MIN = 32;
const TOKEN_MAX = 128;
const PARAMETER_MAX = 1_024;
const S = 1_000;

export async function serveAthena(engine: Engine, pageRows = 7): Promise<AthenaService> {
  const executions = new Map<string, Execution>();
  const tokens = new Map<string, { readonly id: string; readonly sql: string }>();
  const endings: Ending[] = [];
  const find = (id: string): Execution => {
    const found = executions.get(id);
    if (found === undefined) throw new AwsFault("InvalidRequestException", "no such query");
    return found;
  };
  const service = await serveAws({
    async StartQueryExecution(input: StartInput) {
      const { QueryString: sql, ClientRequestToken: token } = input;
      const parameters = input.ExecutionParameters ?? [];
      if (token.length < TOKEN_MIN || token.length > TOKEN_MAX) throw new AwsFault("InvalidRequestException");
      if (parameters.some((text) => text.length < 1 || text.length > PARAMETER_MAX))
        throw new AwsFault("InvalidRequestException", "a parameter is too short or too long");
      const known = tokens.get(token);
      if (known !== undefined) {
        if (known.sql !== sql)
          throw new AwsFault("InvalidRequestException", "Idempotent parameters do not match");
        return { QueryExecutionId: known.id };
      }
      const id = randomUUID();
      tokens.set(token, { id, sql });
      const execution: Execution = {
        sql,
        state: "RUNNING",
        retryable: false,
        endedAt: null,
        result: null,
        asked: 0,
      };
      executions.set(id, execution);
      void runQuery(engine, execution, parameters, endings.shift() ?? "SUCCEEDED");
      return { QueryExecutionId: id };
    },
    async GetQueryExecution({ QueryExecutionId: id }: { readonly QueryExecutionId: string }) {
      const execution = find(id);
      execution.asked += 1;
      // The first look comes too early, as it mostly does.
      const { state, endedAt, retryable } =
        execution.asked === 1 && execution.endedAt === null
          ? { state: "QUEUED", endedAt: null, retryable: false }
          : execution;
      return {
        QueryExecution: {
          QueryExecutionId: id,
          Status: {
            State: state,
            ...(endedAt === null ? {} : { CompletionDateTime: endedAt / S }),
            ...(state === "FAILED"
              ? {
                  StateChangeReason: `it was about ${execution.sql}`,
                  AthenaError: { ErrorCategory: 2, ErrorType: 1_100, Retryable: retryable },
                }
              : {}),
          },
        },
      };
    },
    async StopQueryExecution({ QueryExecutionId: id }: { readonly QueryExecutionId: string }) {
      end(find(id), "CANCELLED");
      return {};
    },
    async GetQueryResults(input: { readonly QueryExecutionId: string; readonly NextToken?: string }) {
      const { result } = find(input.QueryExecutionId);
      if (result === null) throw new AwsFault("InvalidRequestException", "no results");
      return pageOf(result, Number(input.NextToken ?? 0), pageRows);
    },
  });
  return {
    ...service,
    endNext: (...next) => void endings.push(...next),
    age(ms) {
      for (const execution of executions.values()) if (execution.endedAt !== null) execution.endedAt -= ms;
    },
    executions: () => executions.size,
    loseResults() {
      for (const execution of executions.values()) execution.result = null;
    },
  };
}

function end(execution: Execution, state: Execution["state"]): void {
  if (execution.endedAt !== null) return;
  execution.state = state;
  execution.endedAt = Date.now();
}

async function runQuery(
  engine: Engine,
  execution: Execution,
  parameters: readonly string[],
  ending: Ending,
): Promise<void> {
  if (ending === "HANGING") return;
  if (ending !== "SUCCEEDED") {
    execution.retryable = ending === "RETRYABLE";
    return end(execution, ending === "CANCELLED" ? "CANCELLED" : "FAILED");
  }
  try {
    let used = 0;
    const sql = outsideTexts(execution.sql, /\?/g, () => {
      used += 1;
      return parameters[used - 1] ?? "/* no such parameter */";
    });
    if (used !== parameters.length) throw new Error("other parameters than are used");
    execution.result = await engine(sql, []);
    end(execution, "SUCCEEDED");
  } catch {
    end(execution, "FAILED");
  }
}

function pageOf({ columns, rows }: EngineResult, from: number, pageRows: number): object {
  const header = columns.map(({ name }) => name);
  const all = [header, ...rows];
  const next = from + pageRows;
  return {
    ...(next < all.length ? { NextToken: String(next) } : {}),
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: columns.map(({ name, type }) => ({ Name: name, Type: TYPES[type] })) },
      Rows: all.slice(from, next).map((cells, at) => ({
        Data: cells.map((cell, column) => {
          if (cell === null) return {};
          const isValue = from + at > 0;
          return { VarCharValue: isValue ? athenaText(columns[column]?.type, cell) : cell };
        }),
      })),
    },
  };
}

/** Athena writes milliseconds, and flags as words. */
function athenaText(type: EngineType | undefined, text: string): string {
  if (type === "timestamp")
    return `${text.slice(0, 19)}.${(text.slice(20) || "0").padEnd(3, "0").slice(0, 3)}`;
  return type === "bool" ? String(text === "t" || text === "true") : text;
}
