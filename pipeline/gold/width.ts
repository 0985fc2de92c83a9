/** How wide amounts are while a run works on them: DECIMAL(18,8), or DECIMAL(38,8) where one is beyond ten billion. */
export type Width = "narrow" | "wide";

/** Says that an amount does not fit what it is written to. DuckDB and its binding have no class or code for it. */
const DOES_NOT_FIT = /out of (int64 )?range|could not cast|conversion error/i;

/**
 * Works in narrow amounts, which are several times faster, and once more in wide ones when an amount does not fit.
 * The work must be able to start anew.
 */
export async function inWidth(work: (width: Width) => Promise<void>): Promise<void> {
  try {
    await work("narrow");
  } catch (error) {
    if (!(error instanceof Error) || !DOES_NOT_FIT.test(error.message)) throw error;
    await work("wide");
  }
}
