/**
 * Who is asking, and whose clients that person may see. The scope leaves this room only as a list of broker ids,
 * which every query takes as a parameter: there is no flag that switches the filter off.
 */

/** The user that owns the machine and sees every broker's clients. */
export const ADMIN_USER = "admin";

/** Somebody who was recognised. */
export interface Asker {
  readonly userId: string;
  /** Ids of the brokers whose clients the asker may see. An admin's are all there are at the moment of asking. */
  readonly brokers: readonly string[];
  /** May load what concerns every broker: clients, instruments, prices, corporate actions. */
  readonly admin: boolean;
  readonly language: "pt" | "en";
}

/** The brokers that the published clients name. */
export interface BrokerDirectory {
  brokers(): Promise<readonly string[]>;
}

/**
 * Recognises a user by id: a broker id as the clients file writes it, or `admin`. Null for anybody else.
 * A broker whose last client went to a colleague is nobody from that moment on.
 */
export async function identify(
  userId: string,
  directory: BrokerDirectory,
  language: Asker["language"] = "pt",
): Promise<Asker | null> {
  const id = userId.trim();
  const brokers = await directory.brokers();
  if (id === ADMIN_USER) return { userId: id, brokers, admin: true, language };
  return brokers.includes(id) ? { userId: id, brokers: [id], admin: false, language } : null;
}
