/**
 * Why a message that was sent unasked is not confirmed, in the same words for every channel: `retry_later`, nothing
 * was sent and it may be tried again; `refused`, the channel will never take it; `unknown`, it may have arrived, and
 * sending it again may show it twice.
 */
export class SendError extends Error {
  override readonly name = "SendError";
  readonly code: "retry_later" | "refused" | "unknown";
  /** The channel's own word for it, without anything of the message. */
  readonly reason: string;
  /** How long the channel asks to be left alone; null where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    code: SendError["code"],
    reason: string,
    { retryAfterMs = null, cause }: { readonly retryAfterMs?: number | null; readonly cause?: unknown } = {},
  ) {
    super(`not confirmed (${code}): ${reason}`, { cause });
    this.code = code;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}
