import {
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  type FileConsentCardResponse,
  TeamsActivityHandler,
  type TurnContext,
} from "botbuilder";
import type { Desk } from "./desk.ts";
import { languageOf } from "./person.ts";
import { wordsOf } from "./words.ts";

/** Hands what happens in Teams to the desk, and answers Teams at once. */
export class Handler extends TeamsActivityHandler {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    super();
    this.#desk = desk;
    this.onMessage(async ({ activity }) => desk.message(activity));
    this.onInstallationUpdateAdd(async ({ activity }) => desk.installed(activity));
    this.onInstallationUpdateRemove(async ({ activity }) => desk.removed(activity));
    // Without going on to the library's own handling, which would ask Teams about each member.
    this.onConversationUpdate(async ({ activity }) => {
      const bot = activity.recipient?.id;
      if (bot !== undefined && activity.membersAdded?.some(({ id }) => id === bot)) desk.installed(activity);
    });
  }

  protected override async onAdaptiveCardInvoke(
    { activity }: TurnContext,
    { action }: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    this.#desk.press(activity, action.data);
    // The answer follows as a message. The types want an object here, where this kind of answer has a text.
    const value: unknown = wordsOf(languageOf(activity)).working;
    return {
      statusCode: 200,
      type: "application/vnd.microsoft.activity.message",
      value: value as AdaptiveCardInvokeResponse["value"],
    };
  }

  protected override async handleTeamsFileConsentAccept(
    { activity }: TurnContext,
    chosen: FileConsentCardResponse,
  ): Promise<void> {
    this.#desk.consent(activity, chosen);
  }

  protected override async handleTeamsFileConsentDecline(
    { activity }: TurnContext,
    chosen: FileConsentCardResponse,
  ): Promise<void> {
    this.#desk.consent(activity, chosen);
  }
}
