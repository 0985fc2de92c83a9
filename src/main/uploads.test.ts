import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Intake } from "./ingest.ts";
import { createUploads } from "./uploads.ts";

type Request = Parameters<Intake["load"]>[0];

function setUp() {
  const requests: Request[] = [];
  const undone: string[] = [];
  const intake: Pick<Intake, "load" | "undo"> = {
    async load(request) {
      requests.push(request);
      return { runId: "run-1", results: [] };
    },
    async undo(id) {
      undone.push(id);
      return { done: true, runId: "run-2", fileName: "a.csv", restored: null };
    },
  };
  const uploads = createUploads({
    intake,
    lake: { read: async () => Readable.from([]), exists: async () => false },
    directory: { brokers: async () => ["corretor1", "corretor2"] },
    find: async (id) =>
      id === "theirs" ? { userId: "corretor2" } : id === "mine" ? { userId: "corretor1" } : null,
  });
  const take = (who: string) =>
    uploads.take({ fileName: "a.csv", body: Readable.from([]), who, clientId: null }, () => {});
  return { uploads, take, requests, undone };
}

describe("files from a channel", () => {
  it("are a broker's for the broker's own clients only", async () => {
    const { take, requests } = setUp();
    expect(await take("corretor1")).toEqual({
      runId: "run-1",
      files: [],
      attachments: [],
      needsClient: false,
    });
    expect(requests[0]).toMatchObject({ userId: "corretor1", admin: false, brokers: ["corretor1"] });
  });

  it("are the admin's for everybody's", async () => {
    const { take, requests } = setUp();
    await take("admin");
    expect(requests[0]).toMatchObject({ userId: "admin", admin: true, brokers: "all" });
  });

  it("are nobody else's", async () => {
    const { take, requests } = setUp();
    await expect(take("corretor3")).rejects.toThrow();
    expect(requests).toEqual([]);
  });

  it("are taken back by who sent them or by the admin; another's looks like none", async () => {
    const { uploads, undone } = setUp();
    expect(await uploads.undo("mine", "corretor1")).toBe("undone");
    expect(await uploads.undo("theirs", "corretor1")).toBe("not_found");
    expect(await uploads.undo("none", "corretor1")).toBe("not_found");
    expect(await uploads.undo("theirs", "admin")).toBe("undone");
    expect(undone).toEqual(["mine", "theirs"]);
  });
});
