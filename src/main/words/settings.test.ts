import { expect, it } from "vitest";
import { SETTING_NAMES } from "../../config.ts";
import { PT } from "./pt.ts";

it("every setting that is wrong is told in Portuguese what it may be", () => {
  const english = SETTING_NAMES.filter((name) =>
    PT.badSetting(name, "x", "in English").includes("in English"),
  );
  // Any text is a folder.
  expect(english).toEqual(["CARTEIRA_HOME"]);
});
