import { describe, expect, it } from "vitest";
import { channelOf, isLocalUser, readChannelUser } from "./channel-user.ts";

describe("a channel's user", () => {
  it.each([
    ["slack:T012AB3CD:U045EF6GH", "slack:T012AB3CD:U045EF6GH"],
    [" Slack:t012ab3cd:w045ef6gh ", "slack:T012AB3CD:W045EF6GH"],
    ["slack:E012:U1", "slack:E012:U1"],
    [
      "teams:9A1C2B3D-0000-4000-8000-000000000001:0F0F0F0F-0000-4000-8000-000000000002",
      "teams:9a1c2b3d-0000-4000-8000-000000000001:0f0f0f0f-0000-4000-8000-000000000002",
    ],
  ])("%j is read as %j", (text, user) => {
    expect(readChannelUser(text)).toBe(user);
    expect(readChannelUser(user)).toBe(user);
  });

  it.each([
    "",
    "admin",
    "slack",
    "slack:",
    "slack:T1",
    "slack:U1:T1",
    "slack:T1:@ana",
    "slack:T1:U1:X",
    "teams:a",
    "teams::b",
    "teams:a:b c",
    "telegram:T1:U1",
    `slack:T1:U${"1".repeat(40)}`,
  ])("%j is none", (text) => {
    expect(readChannelUser(text)).toBeNull();
  });

  it("is never taken for somebody who speaks on this machine", () => {
    for (const id of ["slack:T1:U1", "TEAMS:a:b", " person:ana", "person :ana", "slack:"]) {
      expect(isLocalUser(id)).toBe(false);
    }
    for (const id of ["corretor1", "admin", "Ana Souza", "mesa:sul", "slackline", ""]) {
      expect(isLocalUser(id)).toBe(true);
    }
  });

  it("tells the channel; without one the place does", () => {
    expect(channelOf("slack:T1:U1", "C1")).toBe("slack");
    expect(channelOf("corretor1", "console:abc")).toBe("console");
    expect(channelOf("admin", "cli:x")).toBe("cli");
    expect(channelOf("admin", "p1")).toBeNull();
  });
});
