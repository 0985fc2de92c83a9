import { z } from "zod";

const BUCKET_ALLOWED = "the name of a bucket in S3, such as carteira-lake";
const KMS_KEY_ALLOWED =
  "a key of AWS KMS by its id, its ARN or its alias (alias/…), and set together with CARTEIRA_LAKE_BUCKET";

/** The settings of the lake. Region, credentials and endpoint are AWS's own: AWS_REGION, AWS_PROFILE and the like. */
export const LAKE_SETTINGS = {
  CARTEIRA_LAKE_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, BUCKET_ALLOWED)
    .optional(),
  CARTEIRA_LAKE_KMS_KEY: z
    .string()
    .regex(
      /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[\w/-]+|alias\/[\w/-]+|(?:mrk-)?[0-9a-f-]{32,36})$/,
      KMS_KEY_ALLOWED,
    )
    .optional(),
};

/** A lake in S3. */
export interface LakeConfig {
  readonly bucket: string;
  /** Key of AWS KMS that objects are encrypted by; null: what the bucket itself is set to. */
  readonly kmsKeyId: string | null;
}

type Settings = z.infer<z.ZodObject<typeof LAKE_SETTINGS>>;

/** The lake as it is set up; null: a folder of the home. A key without a bucket would encrypt nothing. */
export function readLake(
  settings: Settings,
): LakeConfig | { readonly missing: string; readonly allowed: string } | null {
  const { CARTEIRA_LAKE_BUCKET: bucket, CARTEIRA_LAKE_KMS_KEY: kmsKeyId = null } = settings;
  if (bucket !== undefined) return { bucket, kmsKeyId };
  return kmsKeyId === null
    ? null
    : {
        missing: "CARTEIRA_LAKE_BUCKET",
        allowed: `set together with CARTEIRA_LAKE_KMS_KEY: ${BUCKET_ALLOWED}`,
      };
}
