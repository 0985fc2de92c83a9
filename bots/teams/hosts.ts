import type { TeamsSettings } from "./deps.ts";

/** Where OneDrive and SharePoint keep what goes through a chat. */
const STORES = [".sharepoint.com", ".sharepoint-df.com", ".sharepoint.us", ".sharepoint-mil.us"];

/**
 * The address of a file, where it is one to speak to; null otherwise. A file's address comes from outside, and what
 * lies at it is read with this machine's reach: only Microsoft's stores are, or in local mode this machine itself.
 */
export function storeAddress(address: unknown, mode: TeamsSettings["mode"]): URL | null {
  const url = typeof address === "string" ? URL.parse(address) : null;
  if (url === null || url.username !== "" || url.password !== "") return null;
  if (mode === "local" && url.hostname === "127.0.0.1") return url;
  const known = STORES.some((store) => url.hostname.endsWith(store));
  return known && url.protocol === "https:" && url.port === "" ? url : null;
}
