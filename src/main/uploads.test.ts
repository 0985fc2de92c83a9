import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Asker } from "../access/access.ts";
import type { Intake } from "./ingest.ts";
import { createUploads } from "./uploads.ts";

const ADMIN: Asker = { userId: "admin", brokers: ["corretor1", "corretor2"], admin: true, language: "pt" };
const BROKER: Asker = { userId: "corretor1", brokers: ["corretor1"], admin: false, language: "pt" };
/** A person whose id is that of a broker. */
const NAMESAKE: Asker = {
  ...BROKER,
  userId: "person:corretor1",
  person: { id: "corretor1", language: null },
};

type Request = Parameters<Intake["load"]>[0];

function setUp(pending?: true) {
  const requests: Request[] = [];
  const undone: string[] = [];
  const intake: Pick<Intake, "load" | "undo"> = {
    async load(request) {
      requests.push(request);
      return { runId: "run-1", results: [] };
    },
    async undo(id) {
      undone.push(id);
      const undo = { done: true, runId: "run-2", fileName: "a.csv", restored: null } as const;
      return pending === undefined ? undo : { ...undo, runId: null, pending };
    },
  };
  const uploads = createUploads({
    intake,
    lake: { read: async () => Readable.from([]), exists: async () => false },
    find: async (id) =>
      id === "theirs" ? { userId: "corretor2" } : id === "mine" ? { userId: "corretor1" } : null,
  });
  const take = (asker: Asker) =>
    uploads.take({ fileName: "a.csv", body: Readable.from([]), asker, clientId: null }, () => {});
  return { uploads, take, requests, undone };
}

describe("files from a channel", () => {
  it("are a broker's for the broker's own clients only", async () => {
    const { take, requests } = setUp();
    expect(await take(BROKER)).toEqual({
      runId: "run-1",
      files: [],
      attachments: [],
      needsClient: false,
    });
    expect(requests[0]).toMatchObject({ userId: "corretor1", admin: false, brokers: ["corretor1"] });
  });

  it("are the admin's for everybody's", async () => {
    const { take, requests } = setUp();
    await take(ADMIN);
    expect(requests[0]).toMatchObject({ userId: "admin", admin: true, brokers: "all" });
  });

  it("are a person's own, not those of a broker of the same id", async () => {
    const { uploads, take, requests, undone } = setUp();
    await take(NAMESAKE);
    expect(requests[0]).toMatchObject({ userId: "person:corretor1", admin: false, brokers: ["corretor1"] });
    expect(await uploads.undo("mine", NAMESAKE)).toBe("not_found");
    expect(undone).toEqual([]);
  });

  it("that another process is still working out are told so", async () => {
    expect(await setUp(true).uploads.undo("mine", BROKER)).toBe("undoing");
  });

  it("are taken back by who sent them or by the admin; another's looks like none", async () => {
    const { uploads, undone } = setUp();
    expect(await uploads.undo("mine", BROKER)).toBe("undone");
    expect(await uploads.undo("theirs", BROKER)).toBe("not_found");
    expect(await uploads.undo("none", BROKER)).toBe("not_found");
    expect(await uploads.undo("theirs", ADMIN)).toBe("undone");
    expect(undone).toEqual(["mine", "theirs"]);
  });
});
