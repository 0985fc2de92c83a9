/** How a command ends, for scripts. */
export const EXIT = { answered: 0, badInput: 1, badUsage: 2, notSetUp: 3, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something the person can put right. The message is in their language and says what to do. */
export class Refusal extends Error {
  readonly exit: ExitCode;
  constructor(exit: ExitCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.exit = exit;
  }
}
