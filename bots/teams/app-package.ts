import { readFile } from "node:fs/promises";
import { zip } from "./zip.ts";

/** What of an app package differs from company to company. */
export interface AppIdentity {
  /** The bot's app id, which is the app's own id too. */
  readonly appId: string;
  readonly version: string;
  /** Who runs it, as Teams shows it. */
  readonly company: string;
  /** A web site with /privacy and /terms, without a slash at its end. */
  readonly site: string;
}

const ICONS = ["color.png", "outline.png"];

/** The app's manifest with its blanks filled in. Throws RangeError for what Teams would refuse. */
export async function manifestOf(identity: AppIdentity): Promise<string> {
  const { appId, version, company, site } = identity;
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(appId))
    throw new RangeError("the app id is no GUID");
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new RangeError("the version is not like 1.2.3");
  if (company.length === 0 || company.length > 32)
    throw new RangeError("the company's name has 1 to 32 characters");
  if (!/^https:\/\/[^\s"/]+(?:\/[^\s"]*[^\s"/])?$/.test(site))
    throw new RangeError("the site is not like https://example.com");
  const blanks: Readonly<Record<string, string>> = {
    APP_ID: appId,
    VERSION: version,
    COMPANY: JSON.stringify(company).slice(1, -1),
    SITE: site,
  };
  const template = await readFile(new URL("manifest.json", import.meta.url), "utf8");
  return template.replace(/\{\{(\w+)\}\}/g, (blank, name: string) => blanks[name] ?? blank);
}

/** The package to upload to Teams: a ZIP of the manifest and the icons. */
export async function appPackage(identity: AppIdentity): Promise<Buffer> {
  const icons = ICONS.map(async (name) => ({ name, body: await readFile(new URL(name, import.meta.url)) }));
  const manifest = { name: "manifest.json", body: Buffer.from(await manifestOf(identity)) };
  return zip([manifest, ...(await Promise.all(icons))]);
}
