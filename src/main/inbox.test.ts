import { expect, it } from "vitest";
import { readInbox } from "./inbox.ts";

it("passes over what is no message", async () => {
  const whole = { text: "a", headline: "a", blocks: [], footer: [] };
  const values = [whole, null, "a", { headline: 1, blocks: [], footer: [] }, { headline: "a", blocks: [] }];
  const at = new Date(0);
  const inbox = readInbox({
    put: async () => true,
    has: async () => false,
    after: async () => values.map((message, seq) => ({ seq, at, message })),
  });
  expect(await inbox.after("corretor1", 0)).toEqual([{ seq: 0, at, message: whole }]);
});
