import { describe, expect, it } from "vitest";
import { openState, type Upload } from "../../src/state/index.ts";
import { rejectedFiles } from "./rejected.ts";

const UNTIL = new Date("2026-11-19T22:00:00Z");

const upload = (id: string, change: Partial<Upload>): Omit<Upload, "seq"> => ({
  id,
  fileName: `${id}.csv`,
  sha256: id,
  bronzeKey: id,
  kind: "operations",
  userId: "corretor1",
  clientId: null,
  receivedAt: "2026-11-18T12:00:00.000Z",
  status: "active",
  counts: { rows: 10, loaded: 8, replaced: 0, repeated: 0, rejected: 2 },
  silverKey: null,
  quarantineKey: null,
  replaces: null,
  ...change,
});

describe("rejectedFiles", () => {
  it("tells a week's refused rows of these users, unless they have been seen to", async () => {
    const state = await openState(":memory:");
    const none = { rows: 1, loaded: 1, replaced: 0, repeated: 0, rejected: 0 };
    for (const one of [
      upload("mine", {}),
      upload("refused", { status: "not_promoted" }),
      upload("of-ana", { clientId: "ana" }),
      upload("undone", { status: "undone" }),
      upload("clean", { counts: none }),
      upload("others", { userId: "corretor2" }),
      upload("old", { receivedAt: "2026-11-12T21:59:59.000Z" }),
      upload("later", { receivedAt: "2026-11-19T22:00:01.000Z" }),
    ])
      await state.uploads.create(one);
    const names = async (client: string | null) =>
      (await rejectedFiles(state.uploads, { users: ["corretor1"], client, until: UNTIL })).map(
        ({ fileName }) => fileName,
      );
    expect(await names(null)).toEqual(["of-ana.csv", "refused.csv", "mine.csv"]);
    expect(await names("ana")).toEqual(["of-ana.csv"]);
    await state.close();
  });
});
