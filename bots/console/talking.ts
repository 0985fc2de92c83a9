import { basename } from "node:path/posix";
import { Readable } from "node:stream";
import type { Context, Handler } from "hono";
import { notice, refresh, streamTurn } from "./deliver.ts";
import { type ConsoleDeps, maxUploadBytesOf } from "./deps.ts";
import { sentForm } from "./form.ts";
import { eventOf, nameHeader, sessionOf } from "./request.ts";
import type { Sessions } from "./sessions.ts";
import { type Speaker, startQuestion, startUpload } from "./turns.ts";
import { wordsOf } from "./words.ts";

const MAX_TEXT_LENGTH = 2_000;

/** A body that grew past what is taken. The code is what `conversation` tells the person by. */
class UploadTooLargeError extends Error {
  readonly code = "too_large";
  override readonly name = "UploadTooLargeError";
}

/** Answers `POST /ask`: `command` of a button, the fields of a form, or `text` that was typed. */
export function askRoute(deps: ConsoleDeps, sessions: Sessions, now: () => Date): Handler {
  return async (c) => {
    const speaker = await speakerOf(c, deps, sessions);
    if (speaker instanceof Response) return speaker;
    const words = wordsOf(speaker.session.language);
    const form = await c.req.parseBody();
    const said = [form["command"], sentForm(form), form["text"]].find(
      (value) => typeof value === "string" && value.trim() !== "",
    );
    if (typeof said !== "string") return c.body(null, 204);
    if (said.length > MAX_TEXT_LENGTH) return await notice(c, words.tooLong, 413);
    const turn = startQuestion({ ...deps, now }, speaker, said.trim());
    if (turn === null) return await notice(c, words.busy, 429);
    return streamTurn(c, turn, speaker.broker, words);
  };
}

/** Answers `POST /upload`: the file itself as the body, its name and client in headers. */
export function uploadRoute(deps: ConsoleDeps, sessions: Sessions, now: () => Date): Handler {
  return async (c) => {
    const speaker = await speakerOf(c, deps, sessions);
    if (speaker instanceof Response) return speaker;
    const words = wordsOf(speaker.session.language);
    const maxBytes = maxUploadBytesOf(deps);
    const fileName = basename((nameHeader(c, "X-File-Name") ?? "").replaceAll("\\", "/"));
    const body = c.req.raw.body;
    if (fileName === "" || body === null) return c.body("a file with its name in X-File-Name is wanted", 400);
    if (Number(c.req.header("Content-Length") ?? 0) > maxBytes) {
      return await notice(c, words.tooLarge(Math.floor(maxBytes / 1_048_576)), 413);
    }
    const file = { fileName, clientId: nameHeader(c, "X-Client"), body: bounded(body, maxBytes) };
    const turn = startUpload({ ...deps, now }, speaker, file);
    if (turn === null) return await notice(c, words.busy, 429);
    return streamTurn(c, turn, speaker.broker, words);
  };
}

/** Whom the page speaks as, checked against the brokers there are now; a response where it may not speak. */
async function speakerOf(c: Context, deps: ConsoleDeps, sessions: Sessions): Promise<Speaker | Response> {
  const session = sessionOf(c, sessions);
  if (session === null || session.broker === null) return refresh(c, 401);
  // A page left open in another tab after a switch of broker must not ask as the new one.
  if (c.req.header("X-Talk") !== session.talk) return refresh(c, 409);
  if (!(await deps.brokers()).includes(session.broker)) return refresh(c, 403);
  return { session, broker: session.broker, event: eventOf(c, session) };
}

/** The body as a stream that fails once it is longer than allowed, whatever its headers said. */
function bounded(body: ReadableStream<Uint8Array>, maxBytes: number): Readable {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let seen = 0;
    for await (const chunk of body) {
      seen += chunk.byteLength;
      if (seen > maxBytes) throw new UploadTooLargeError(`more than ${maxBytes} bytes`);
      yield chunk;
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}
