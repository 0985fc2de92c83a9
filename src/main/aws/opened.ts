import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { type Config, ConfigError, readConfig } from "../../config.ts";
import type { Logger } from "../../conversation/failure.ts";
import { openState } from "../../state/index.ts";
import { homePaths, REAL_HOME } from "../home.ts";
import { openLake } from "../lake.ts";
import { createLogger, createNotes } from "../logger.ts";
import type { Store } from "../store.ts";

/** The only folder that a Lambda may write into. */
const HOME = "/tmp/carteira";

/** What both Lambdas are made of; it lives as long as the container. */
export interface Opened {
  readonly config: Config & { readonly glue: NonNullable<Config["glue"]> };
  readonly store: Store;
  readonly logger: Logger;
  readonly note: ReturnType<typeof createNotes>;
  readonly now: () => Date;
}

/**
 * Opens state and lake by the settings. The state must have been begun by the service: a Lambda over a wrong database must
 * not begin an empty one. Throws ConfigError, StateError.
 */
export async function openOnAws(environment: Readonly<Record<string, string | undefined>>): Promise<Opened> {
  const config = readConfig({ ...environment, CARTEIRA_HOME: environment["CARTEIRA_HOME"] ?? HOME }, "/");
  const { glue, stateUrl, stateSecret, home } = config;
  if (glue === null || stateUrl === null) {
    const allowed = "the name of a job of AWS Glue: the Lambdas work for it";
    throw new ConfigError([{ setting: "CARTEIRA_GLUE_JOB", value: "", allowed }]);
  }
  // The PostgreSQL client reads it from there, as where a container's definition puts it.
  if (stateSecret !== null) process.env["PGPASSWORD"] = await readPassword(stateSecret);
  const now = () => new Date();
  const state = await openState(stateUrl, now, { mayMake: false });
  const lake = await openLake(config);
  return {
    config: { ...config, glue },
    store: { folder: home, info: REAL_HOME, lake, state, scratchDir: homePaths(home).scratch },
    logger: createLogger(process.stdout, now),
    note: createNotes(process.stdout, now),
    now,
  };
}

const secret = z.object({ password: z.string().min(1) });

/** The password in a secret as RDS keeps it. What the secret holds is in no message of an error. */
async function readPassword(arn: string): Promise<string> {
  const client = new SecretsManagerClient({});
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    const read = secret.safeParse(parsed(SecretString ?? ""));
    if (!read.success) throw new Error("CARTEIRA_STATE_SECRET names a secret without a password in it");
    return read.data.password;
  } finally {
    client.destroy();
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
