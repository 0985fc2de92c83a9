import { setTimeout as pause } from "node:timers/promises";
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type Request,
  type Response,
  type TurnContext,
} from "botbuilder";
import { TeamsError, type TeamsSettings } from "./deps.ts";
import { withRetries } from "./retry.ts";

type Reference = Partial<ConversationReference>;
type Logic = (context: TurnContext) => Promise<void>;

/** The one place that speaks the Bot Framework's protocol: what moves to its successor is this file and handler.ts. */
export interface Wire {
  /** Whether the request bears a valid token, or none is needed, and may be answered where it says. */
  admits(activity: object, authorization: string): Promise<boolean>;
  process(request: Request, response: Response, logic: Logic): Promise<void>;
  /** Sends to a conversation, outside any turn, and returns the activity's id where the service tells one. */
  send(reference: Reference, activity: Partial<Activity>): Promise<string | null>;
  /** Replaces what was sent before. */
  update(reference: Reference, id: string, activity: Partial<Activity>): Promise<void>;
}

const SEND_TIMEOUT_MS = 60_000;
const BOT_FRAMEWORK = "https://api.botframework.com";
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

export function createWire(settings: TeamsSettings, sleep: (milliseconds: number) => Promise<unknown>): Wire {
  const appId = settings.mode === "local" ? "" : settings.appId;
  const authentication = authenticationOf(settings);
  const adapter = new CloudAdapter(authentication);

  async function outside<T>(reference: Reference, work: (context: TurnContext) => Promise<T>): Promise<T> {
    const results: T[] = [];
    checkService(reference.serviceUrl, settings);
    await withRetries(
      () =>
        within(
          adapter.continueConversationAsync(appId, reference, async (context) => {
            // The id of the event that opens this turn is made up: an answer to it would answer nothing.
            delete context.activity.id;
            results.push(await work(context));
          }),
        ),
      async (milliseconds) => void (await sleep(milliseconds)),
    );
    const [result] = results.slice(-1);
    if (result === undefined) throw new Error("a turn without a result");
    return result;
  }

  return {
    async admits(activity, authorization) {
      try {
        // The types want a whole activity, of which only the channel and the service's address are read.
        await authentication.authenticateRequest(activity as Activity, authorization);
        checkService("serviceUrl" in activity ? String(activity.serviceUrl) : undefined, settings);
        return true;
      } catch {
        // Why a token is not good is nobody's business: the caller answers 401.
        return false;
      }
    },
    async process(request, response, logic) {
      await adapter.process(request, response, logic);
    },
    async send(reference, activity) {
      const sent = await outside(
        reference,
        async (context) => (await context.sendActivity(activity)) ?? null,
      );
      return sent?.id === undefined || sent.id === "" ? null : sent.id;
    },
    async update(reference, id, activity) {
      await outside(
        reference,
        async (context) => (await context.updateActivity({ ...activity, id })) ?? null,
      );
    },
  };
}

function authenticationOf(settings: TeamsSettings): ConfigurationBotFrameworkAuthentication {
  if (settings.mode === "local") {
    return new ConfigurationBotFrameworkAuthentication({});
  }
  const { appId, appPassword, tenantId, endpoints } = settings;
  if ([appId, appPassword, tenantId].some((value) => value.trim() === "")) {
    // With an empty app id the library would take every request for genuine.
    throw new TeamsError("no_credentials", "Teams needs an app id, a password and a tenant id");
  }
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppType: "SingleTenant",
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppTenantId: tenantId,
    ...(endpoints === undefined
      ? {}
      : {
          ToBotFromChannelOpenIdMetadataUrl: endpoints.openIdMetadata,
          ToBotFromEmulatorOpenIdMetadataUrl: endpoints.openIdMetadata,
          ToChannelFromBotLoginUrl: endpoints.login,
          // With one of these set the library has no default for the others.
          ToBotFromChannelTokenIssuer: BOT_FRAMEWORK,
          ToChannelFromBotOAuthScope: BOT_FRAMEWORK,
          OAuthUrl: BOT_FRAMEWORK,
        }),
  });
}

/** Without authentication an activity may name any service: then only this machine's is spoken to. */
function checkService(serviceUrl: string | undefined, settings: TeamsSettings): void {
  const url = URL.parse(serviceUrl ?? "");
  const fine =
    settings.mode === "local" ? url !== null && LOOPBACK.has(url.hostname) : url?.protocol === "https:";
  if (!fine) throw new TeamsError("unreachable", "the service of a conversation is not one to speak to");
}

/** The work, given up after a minute. */
async function within<T>(work: Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  const late = pause(SEND_TIMEOUT_MS, null, { signal: giveUp.signal, ref: false }).then(() => {
    throw new TeamsError("unreachable", "Teams did not answer within a minute");
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    giveUp.abort();
    late.catch(() => undefined);
  }
}
