import { WarehouseError } from "./warehouse.ts";

/** The service has too much to do, of ours or of others: the same question may be asked again later. */
const BUSY: ReadonlySet<string> = new Set([
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "ActiveStatementsExceededException",
  "ActiveSessionsExceededException",
  "ActiveWaitingRequestsExceededException",
  "QueryTimeoutException",
  "TimeoutError",
]);

/** Whoever asks is not known to AWS, not any more, or may not. */
const REFUSED: ReadonlySet<string> = new Set([
  "ExpiredTokenException",
  "ExpiredToken",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "IncompleteSignature",
  "CredentialsProviderError",
  "TokenProviderError",
  "AccessDeniedException",
]);

/**
 * What a call to a service of AWS failed with, in words of ours; `what` is what the call was for. What the service said is left out, since it cites the
 * statement and its values; its name for the failure and the id of the request are enough to look it up there.
 */
export function awsFailure(service: string, what: string, error: unknown): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const name = nameOf(error);
  const cause = new Error([name, requestOf(error)].filter((part) => part !== "").join(", "));
  if (BUSY.has(name)) {
    return new WarehouseError("timeout", `${service} has too much to do for ${what}: ask again later`, cause);
  }
  if (REFUSED.has(name)) {
    return new WarehouseError(
      "refused",
      `${service} refuses the credentials or rights for ${what}: renew them, or look at the role's policy`,
      cause,
    );
  }
  return new WarehouseError("failed", `${what} failed on ${service}`, cause);
}

/** The service's name for a failure. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function requestOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return "";
  const { requestId } = error.$metadata as { readonly requestId?: string };
  return requestId === undefined ? "" : `request ${requestId}`;
}
