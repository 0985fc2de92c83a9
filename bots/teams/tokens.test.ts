import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { ANA, run, TENANT, whoIs } from "./fake-teams.testing.ts";

const APP_ID = "00000000-1111-2222-3333-444444444444";
const SERVICE = "https://127.0.0.1:9/teams/";
const KEY_ID = "a-key";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const settled = () => new Promise((resolve) => setTimeout(resolve, 100));

/** Publishes a key as Microsoft's Bot Framework does, endorsed for these channels. */
async function identityProvider(endorsements: readonly string[]): Promise<string> {
  let origin = "";
  const server = createServer((request, response) => {
    const keys = [{ ...publicKey.export({ format: "jwk" }), use: "sig", kid: KEY_ID, endorsements }];
    const body =
      request.url === "/keys"
        ? { keys }
        : { issuer: "https://api.botframework.com", jwks_uri: `${origin}/keys` };
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return `${origin}/metadata`;
}

/** A token as the channel's service sends it. */
function token(change: object = {}, key = privateKey): string {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: "https://api.botframework.com",
    aud: APP_ID,
    serviceurl: SERVICE,
    nbf: nowSeconds - 60,
    exp: nowSeconds + 600,
    ...change,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ alg: "RS256", typ: "JWT", kid: KEY_ID })}.${encode(claims)}`;
  return `Bearer ${signed}.${createSign("RSA-SHA256").update(signed).sign(key).toString("base64url")}`;
}

async function service(endorsements: readonly string[] = ["msteams"]) {
  const openIdMetadata = await identityProvider(endorsements);
  const login = "https://127.0.0.1:9/tenant";
  const endpoints = { openIdMetadata, login };
  return await run(
    {},
    {},
    { mode: "authenticated", appId: APP_ID, appPassword: "secret", tenantId: TENANT, endpoints },
  );
}

describe("a token", () => {
  // The library says on the console why it finds a token wrong.
  beforeEach(() => {
    const said = vi.spyOn(console, "error").mockReturnValue(undefined);
    return () => said.mockRestore();
  });

  it("of the channel's service for this app lets a question through", async () => {
    const { post, activity, asked } = await service();
    const response = await post(activity({ text: "oi", serviceUrl: SERVICE }), { authorization: token() });
    expect(response.status).toBe(200);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked).toMatchObject([{ who: whoIs(ANA), text: "oi" }]);
  });

  it.each([
    ["for another app", token({ aud: "99999999-1111-2222-3333-444444444444" })],
    ["of another issuer", token({ iss: "https://evil.example" })],
    ["that has expired", token({ exp: Math.floor(Date.now() / 1_000) - 3_600 })],
    ["for another service", token({ serviceurl: "https://evil.example/" })],
    ["signed by another key", token({}, stranger.privateKey)],
  ])("%s gets 401", async (_, authorization) => {
    const { post, activity, asked } = await service();
    const response = await post(activity({ text: "oi", serviceUrl: SERVICE }), { authorization });
    expect(response.status).toBe(401);
    await settled();
    expect(asked).toEqual([]);
  });

  it.each([
    ["no token", {}],
    ["one of another scheme", { authorization: "Basic YTpi" }],
    ["one without a signature", { authorization: token().replace(/[^.]*$/, "") }],
  ])("that is not there (%s) gets 401", async (_, headers) => {
    const { post, activity, asked } = await service();
    const response = await post(activity({ text: "oi", serviceUrl: SERVICE }), headers);
    expect(response.status).toBe(401);
    await settled();
    expect(asked).toEqual([]);
  });

  it("does not make the same activity heard a second time", async () => {
    const { post, activity, asked } = await service();
    const again = activity({ text: "oi", serviceUrl: SERVICE });
    const authorization = token();
    for (const _ of [1, 2, 3]) expect((await post(again, { authorization })).status).toBe(200);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await settled();
    expect(asked).toHaveLength(1);
  });

  it("whose key is not endorsed for Teams gets 401", async () => {
    const { post, activity, asked } = await service(["directline"]);
    const response = await post(activity({ text: "oi", serviceUrl: SERVICE }), { authorization: token() });
    expect(response.status).toBe(401);
    expect(asked).toEqual([]);
  });

  it("does not make somebody of another tenant, or of none, heard", async () => {
    const { post, activity, asked } = await service();
    const elsewhere = { text: "oi", serviceUrl: SERVICE, channelData: {} };
    for (const tenantId of ["99999999-2222-3333-4444-555555555555", undefined]) {
      const conversation = { id: "a:29:ana", conversationType: "personal", tenantId };
      const response = await post(activity({ ...elsewhere, conversation }), { authorization: token() });
      expect(response.status).toBe(200);
    }
    await settled();
    expect(asked).toEqual([]);
  });
});
