/**
 * The users of channels, as the channels hand them over: `slack:<team>:<user>` and `teams:<tenant>:<user>`. To us they
 * are texts; only their shape is checked, so that one which can never be met is refused when it is typed.
 */

/** Slack's ids of teams (or of organisations), and of members. */
const SLACK = /^slack:[TE][A-Z0-9]{0,31}:[UW][A-Z0-9]{0,31}$/;
/** The tenant and the object of Microsoft Entra: GUIDs, and whatever else a tenant's emulator says. */
const TEAMS = /^teams:[a-z0-9][a-z0-9._-]{0,63}:[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * A user of a channel in the one form that is kept; null for anything else.
 *
 * @example readChannelUser(" slack:t012ab3cd:u045ef6gh ") // "slack:T012AB3CD:U045EF6GH"
 */
export function readChannelUser(text: string): string | null {
  const trimmed = text.trim();
  const [channel = "", ...ids] = trimmed.split(":");
  const id = ids.join(":");
  switch (channel.toLowerCase()) {
    case "slack": {
      const user = `slack:${id.toUpperCase()}`;
      return SLACK.test(user) ? user : null;
    }
    case "teams": {
      const user = `teams:${id.toLowerCase()}`;
      return TEAMS.test(user) ? user : null;
    }
    default:
      return null;
  }
}

/** How the id of a person begins where it stands beside ids of brokers. */
export const PERSON_PREFIX = "person:";

const RESERVED = /^(slack|teams|person)\s*:/i;

/**
 * Whether an id may be a broker's or the admin's, who speak on this machine itself. What looks like a user of a
 * channel or like a person never is, whatever a clients file may call a broker.
 */
export function isLocalUser(id: string): boolean {
  return !RESERVED.test(id.trim());
}

/** The channel that an event came through, by its user's id or else by its place. */
export function channelOf(who: string, place: string): string | null {
  return /^(slack|teams):/.exec(who)?.[1] ?? /^([a-z]{1,20}):/.exec(place)?.[1] ?? null;
}
