import { type Intent, NO_BASIS } from "../context.ts";

/** What can be asked: the words are the messages'. */
export const help: Intent = async () => ({ result: { intent: "help", data: null }, basis: NO_BASIS });
