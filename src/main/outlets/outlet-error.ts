import { OutletError } from "../../../reports/delivery/ports.ts";
import { SendError } from "../../messages/send-error.ts";

/** What a channel says of a sending, in the words of deliveries. Anything that is no SendError is left as it is: nobody knows what happened. */
export async function asOutlet<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    const { code, reason, retryAfterMs } = error;
    throw new OutletError(code === "retry_later" ? { code, retryAfterMs } : { code, reason }, error);
  }
}
