import { z } from "zod";

const ATHENA_WORKGROUP = "the name of a workgroup of Athena, such as carteira";
const ATHENA_DATABASE = "the name of a database of the Glue catalogue, such as carteira";
const REDSHIFT_WORKGROUP = "the name of a workgroup of Redshift Serverless, such as carteira";
const REDSHIFT_DATABASE = "the name of a database of Redshift, such as carteira";
const COPY_ROLE =
  "the ARN of the IAM role that Redshift reads the bucket by, arn:aws:iam::123456789012:role/…";

/** The settings of the engines of AWS that gold is read by. Region and credentials are found as AWS's own tools find them. */
export const WAREHOUSE_SETTINGS = {
  CARTEIRA_ATHENA_WORKGROUP: z
    .string()
    .regex(/^[\w.-]{1,128}$/, ATHENA_WORKGROUP)
    .optional(),
  // It stands in the SQL, between quotes.
  CARTEIRA_ATHENA_DATABASE: z
    .string()
    .regex(/^[a-z0-9_]{1,255}$/, ATHENA_DATABASE)
    .optional(),
  CARTEIRA_REDSHIFT_WORKGROUP: z
    .string()
    .regex(/^[a-z0-9-]{3,64}$/, REDSHIFT_WORKGROUP)
    .optional(),
  CARTEIRA_REDSHIFT_DATABASE: z
    .string()
    .regex(/^[a-z_][a-z0-9_$]{0,63}$/, REDSHIFT_DATABASE)
    .optional(),
  CARTEIRA_REDSHIFT_COPY_ROLE: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, COPY_ROLE)
    .optional(),
};

const ATHENA = {
  CARTEIRA_ATHENA_WORKGROUP: ATHENA_WORKGROUP,
  CARTEIRA_ATHENA_DATABASE: ATHENA_DATABASE,
} as const;
const REDSHIFT = {
  CARTEIRA_REDSHIFT_WORKGROUP: REDSHIFT_WORKGROUP,
  CARTEIRA_REDSHIFT_DATABASE: REDSHIFT_DATABASE,
  CARTEIRA_REDSHIFT_COPY_ROLE: COPY_ROLE,
} as const;
/** What Athena reads is written by the job, into the bucket. */
const BEHIND = {
  CARTEIRA_GLUE_JOB: "the name of the Glue job that builds what Athena reads",
  CARTEIRA_LAKE_BUCKET: "the name of the bucket that the Glue job writes into",
} as const;

/** The engines of AWS. */
export interface WarehouseConfig {
  readonly athena: { readonly workgroup: string; readonly database: string };
  /** Null: Athena answers everything. */
  readonly redshift: {
    readonly workgroup: string;
    readonly database: string;
    /** ARN of the role by which Redshift reads the bucket. */
    readonly copyRole: string;
  } | null;
}

type Own = z.infer<z.ZodObject<typeof WAREHOUSE_SETTINGS>>;
type Settings = Own & { readonly [name in keyof typeof BEHIND]?: string | undefined };
interface Missing {
  readonly missing: string;
  readonly allowed: string;
}

/** The engines as they are set up; null: DuckDB. Half of the settings, or those they rest on left out, are a mistake. */
export function readWarehouse(settings: Settings): WarehouseConfig | Missing | null {
  const redshift = firstOf(settings, REDSHIFT);
  const first = firstOf(settings, ATHENA) ?? redshift;
  if (first === null) return null;
  const missing = lacking(settings, { ...(redshift === null ? {} : REDSHIFT), ...ATHENA, ...BEHIND }, first);
  if (missing !== null) return missing;
  const {
    CARTEIRA_ATHENA_WORKGROUP: workgroup = "",
    CARTEIRA_ATHENA_DATABASE: database = "",
    CARTEIRA_REDSHIFT_WORKGROUP = "",
    CARTEIRA_REDSHIFT_DATABASE = "",
    CARTEIRA_REDSHIFT_COPY_ROLE: copyRole = "",
  } = settings;
  return {
    athena: { workgroup, database },
    redshift:
      redshift === null
        ? null
        : { workgroup: CARTEIRA_REDSHIFT_WORKGROUP, database: CARTEIRA_REDSHIFT_DATABASE, copyRole },
  };
}

function firstOf(settings: Settings, names: Readonly<Record<string, string>>): string | null {
  return Object.keys(names).find((name) => settings[name as keyof Settings] !== undefined) ?? null;
}

function lacking(
  settings: Settings,
  wanted: Readonly<Record<string, string>>,
  first: string,
): Missing | null {
  const lack = Object.entries(wanted).find(([name]) => settings[name as keyof Settings] === undefined);
  return lack === undefined ? null : { missing: lack[0], allowed: `set together with ${first}: ${lack[1]}` };
}
