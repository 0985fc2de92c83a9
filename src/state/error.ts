/**
 * What can go wrong with the state, for callers to tell apart:
 * unreadable: the file cannot be opened or is no database · unreachable: the server of the database does not answer or
 * does not let us in · absent: the server is there, but holds no state · newer: a later version of the program wrote it ·
 * corrupt: a row holds what no version writes · missing: no such row · conflict: somebody else was first ·
 * busy: a lease stayed taken for as long as the caller would wait · lost: a lease was taken over while held.
 */
export type StateErrorCode =
  | "unreadable"
  | "unreachable"
  | "absent"
  | "newer"
  | "corrupt"
  | "missing"
  | "conflict"
  | "busy"
  | "lost";

export class StateError extends Error {
  readonly code: StateErrorCode;
  constructor(code: StateErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
