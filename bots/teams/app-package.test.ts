import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { appPackage, manifestOf } from "./app-package.ts";
import { at } from "./person.ts";
import { zip } from "./zip.ts";

const identity = {
  appId: "00000000-1111-2222-3333-444444444444",
  version: "1.2.3",
  company: 'Corretora "Sol"',
  site: "https://sol.example",
};

/** The entries of an archive, read from its directory at the end. */
function unzip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const entries = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, size] = [archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 24)];
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const start = archive.readUInt32LE(at + 42) + 30 + nameLength;
    const body = archive.subarray(start, start + size);
    expect(crc32(body)).toBe(crc);
    entries.set(name, body);
    at += 46 + nameLength;
  }
  return entries;
}

describe("the app package", () => {
  it("holds the manifest and the icons that it names, in their sizes", async () => {
    const files = unzip(await appPackage(identity));
    expect([...files.keys()]).toEqual(["manifest.json", "color.png", "outline.png"]);
    const size = (name: string) => [files.get(name)?.readUInt32BE(16), files.get(name)?.readUInt32BE(20)];
    expect(size("color.png")).toEqual([192, 192]);
    expect(size("outline.png")).toEqual([32, 32]);
    expect(files.get("manifest.json")?.toString()).toBe(await manifestOf(identity));
    expect(await appPackage(identity)).toEqual(await appPackage(identity));
  });

  it("keeps names in any script, and none at all", () => {
    expect([...unzip(zip([{ name: "ação.txt", body: Buffer.from("é") }]))]).toEqual([
      ["ação.txt", Buffer.from("é")],
    ]);
    expect(unzip(zip([])).size).toBe(0);
  });
});

describe("the manifest", () => {
  it("has every blank filled, and is within Teams' limits", async () => {
    const text = await manifestOf(identity);
    expect(text).not.toMatch(/\{\{|\}\}/);
    const manifest: unknown = JSON.parse(text);
    expect(manifest).toMatchObject({
      id: identity.appId,
      version: "1.2.3",
      developer: { name: 'Corretora "Sol"', privacyUrl: "https://sol.example/privacy" },
      bots: [{ botId: identity.appId, supportsFiles: true, scopes: ["personal", "team", "groupChat"] }],
    });
    const { short, full } = {
      short: at(at(manifest, "name"), "short"),
      full: at(at(manifest, "name"), "full"),
    };
    expect(String(short).length).toBeLessThanOrEqual(30);
    expect(String(full).length).toBeLessThanOrEqual(100);
    expect(String(at(at(manifest, "description"), "short")).length).toBeLessThanOrEqual(80);
    const commands = at(at(at(at(at(manifest, "bots"), "0"), "commandLists"), "0"), "commands");
    if (!Array.isArray(commands)) throw new Error("no commands");
    expect(commands.length).toBeLessThanOrEqual(10);
    for (const command of commands) {
      expect(String(at(command, "title")).length).toBeLessThanOrEqual(32);
      expect(String(at(command, "description")).length).toBeLessThanOrEqual(128);
    }
  });

  it.each([
    { appId: "carteira" },
    { version: "0.2.0-beta" },
    { company: "" },
    { company: "x".repeat(33) },
    { site: "http://sol.example" },
    { site: "https://sol.example/" },
  ])("is not made for %j", async (change) => {
    await expect(manifestOf({ ...identity, ...change })).rejects.toThrow(RangeError);
  });

  it("leaves the template as it is", async () => {
    const template = await readFile(new URL("manifest.json", import.meta.url), "utf8");
    expect(template).toContain('"id": "{{APP_ID}}"');
  });
});
