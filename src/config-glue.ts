import { z } from "zod";

const JOB_ALLOWED = "the name of a job of AWS Glue, such as carteira-pipeline";
const SECRET_ALLOWED = "the ARN of a secret of AWS Secrets Manager";
const WAIT_SECONDS_MAX = 3_600;

/** The settings of the pipeline on Glue. Region, credentials and endpoint are AWS's own. */
export const GLUE_SETTINGS = {
  CARTEIRA_GLUE_JOB: z
    .string()
    .regex(/^[\w.-]{1,255}$/, JOB_ALLOWED)
    .optional(),
  CARTEIRA_PIPELINE_WAIT_SECONDS: z
    .string()
    .refine(
      (text) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= WAIT_SECONDS_MAX,
      `a whole number from 1 to ${WAIT_SECONDS_MAX}`,
    )
    .default("900"),
  CARTEIRA_STATE_SECRET: z
    .string()
    .regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+$/, SECRET_ALLOWED)
    .optional(),
};

/** The pipeline on Glue instead of in the process. */
export interface GlueConfig {
  readonly job: string;
  /** How long whoever sends a file waits for its outcome; then it goes on by itself. */
  readonly waitMs: number;
}

type Settings = z.infer<z.ZodObject<typeof GLUE_SETTINGS>> & {
  readonly CARTEIRA_LAKE_BUCKET?: string | undefined;
  readonly CARTEIRA_STATE_URL?: string | undefined;
};

/** Glue as it is set up; null: the pipeline runs in the process. Glue reads a bucket, and its Lambdas share the state. */
export function readGlue(
  settings: Settings,
): GlueConfig | { readonly missing: string; readonly allowed: string } | null {
  const { CARTEIRA_GLUE_JOB: job } = settings;
  if (job === undefined) return null;
  const needed = ["CARTEIRA_LAKE_BUCKET", "CARTEIRA_STATE_URL"] as const;
  const missing = needed.find((name) => settings[name] === undefined);
  if (missing !== undefined) return { missing, allowed: "set together with CARTEIRA_GLUE_JOB" };
  return { job, waitMs: Number(settings.CARTEIRA_PIPELINE_WAIT_SECONDS) * 1_000 };
}
