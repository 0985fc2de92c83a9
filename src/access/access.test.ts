import { describe, expect, it } from "vitest";
import { identify } from "./access.ts";

const directory = { brokers: async () => ["corretor1", "corretor2", "Ana"] };

describe("identify", () => {
  it("gives a broker the scope of that broker and nothing more", async () => {
    expect(await identify("corretor2", directory)).toEqual({
      userId: "corretor2",
      brokers: ["corretor2"],
      admin: false,
      language: "pt",
    });
  });

  it("gives the admin every broker by name", async () => {
    expect(await identify("admin", directory, "en")).toEqual({
      userId: "admin",
      brokers: ["corretor1", "corretor2", "Ana"],
      admin: true,
      language: "en",
    });
  });

  it.each(["corretor3", "", "corretor", "corretor1,corretor2", "ana", "ADMIN", "%", "__proto__"])(
    "does not know %j",
    async (userId) => {
      expect(await identify(userId, directory)).toBeNull();
    },
  );

  it("takes an id with blanks around it, as people type it", async () => {
    expect((await identify(" Ana ", directory))?.brokers).toEqual(["Ana"]);
  });

  it("knows the admin of an empty book, who sees nobody", async () => {
    expect(await identify("admin", { brokers: async () => [] })).toMatchObject({ admin: true, brokers: [] });
  });
});
