/** The longest that a call may wait for its statement. */
const WAIT_MAX_S = 30;
const MS_PER_S = 1_000;

/** Where the tables are and who asks: a serverless workgroup, or a cluster with a database user or a secret. */
export type RedshiftPlace = { readonly database: string; readonly secretArn?: string } & (
  | { readonly workgroup: string }
  | { readonly cluster: string; readonly dbUser?: string }
);

/** The place as a call names it. */
export function placeOf(place: RedshiftPlace): {
  readonly SessionId?: string;
  readonly Database?: string;
  readonly SecretArn?: string;
  readonly WorkgroupName?: string;
  readonly ClusterIdentifier?: string;
  readonly DbUser?: string;
} {
  const { database, secretArn } = place;
  return {
    Database: database,
    ...(secretArn === undefined ? {} : { SecretArn: secretArn }),
    ...("workgroup" in place ? { WorkgroupName: place.workgroup } : { ClusterIdentifier: place.cluster }),
    ...("dbUser" in place && place.dbUser !== undefined ? { DbUser: place.dbUser } : {}),
  };
}

/** How long a call may wait for its statement: in whole seconds, and not at all where less than one is left. */
export function waitUntil(deadline: number): { readonly WaitTimeSeconds?: number } {
  const seconds = Math.min(WAIT_MAX_S, Math.floor((deadline - Date.now()) / MS_PER_S));
  return seconds < 1 ? {} : { WaitTimeSeconds: seconds };
}
