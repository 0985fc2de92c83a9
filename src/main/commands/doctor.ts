import { deliveryMetrics } from "../../../reports/delivery/metrics.ts";
import { GOLD_POINTER } from "../../contracts/gold.ts";
import { readArguments } from "../arguments.ts";
import { type Check, lineOf } from "../checks/check.ts";
import { checkDeliveries } from "../checks/deliveries.ts";
import { checkFindings } from "../checks/findings.ts";
import { checkGold } from "../checks/gold.ts";
import { checkHome, checkState } from "../checks/home.ts";
import { checkBucket } from "../checks/lake.ts";
import { checkCalendar, checkCharts, checkDisk, checkNode } from "../checks/machine.ts";
import { checkMarket } from "../checks/market.ts";
import { checkPipeline } from "../checks/pipeline.ts";
import { checkWarehouse } from "../checks/warehouse.ts";
import { EXIT, Refusal } from "../exit.ts";
import { openLake } from "../lake.ts";
import type { Shell } from "../shell.ts";

/** Looks at everything a right answer rests on, and changes nothing: what it writes into a bucket it removes again. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const { words, config, terminal, io } = shell;
  const { values, positionals } = readArguments(args, { deep: { type: "boolean" } } as const, words);
  if (positionals[0] !== undefined) throw new Refusal(EXIT.badUsage, words.tooManyArguments(positionals[0]));
  const checks: Check[] = [];
  const say = (check: Check) => {
    checks.push(check);
    terminal.print(lineOf(check));
  };
  say(checkNode(process.version, words));
  say(await checkCharts(words));
  say(checkCalendar(io.now(), words));
  say(await checkDisk(config.home, words));
  const home = await checkHome(config.home, words);
  home.checks.forEach(say);
  const bucket = config.lake === null ? null : await checkBucket(config.lake, words);
  if (bucket !== null) say(bucket);
  if (home.info !== null) {
    const lakeIsThere = bucket?.mark !== "broken";
    await lookInside(shell, { deep: values.deep === true, demo: home.info.demo, lakeIsThere }, say);
  }

  const brokenCount = checks.filter(({ mark }) => mark === "broken").length;
  const warnings = checks.filter(({ mark }) => mark === "warning").length;
  terminal.print(words.doctorSummary(brokenCount, warnings));
  if (brokenCount > 0) return EXIT.badInput;
  return home.info === null ? EXIT.notSetUp : EXIT.answered;
}

async function lookInside(
  shell: Shell,
  {
    deep,
    demo,
    lakeIsThere,
  }: { readonly deep: boolean; readonly demo: boolean; readonly lakeIsThere: boolean },
  say: (check: Check) => void,
): Promise<void> {
  const { words, config, io } = shell;
  const { check, state } = await checkState(config, words);
  if (state !== null) shell.onEnd(() => state.close());
  say(check);
  const active = state === null || check.mark === "broken" ? null : await state.uploads.active();
  // A demo's prices are its own: nothing is fetched.
  if (state !== null && !demo && check.mark !== "broken")
    (await checkMarket(state.market, words)).forEach(say);
  if (state !== null && check.mark !== "broken")
    checkDeliveries(await deliveryMetrics(state.deliveries, io.now(), null), words).forEach(say);
  if (state !== null && config.glue !== null && check.mark !== "broken")
    say(await checkPipeline(state, io.now(), words));
  if (!lakeIsThere) return;
  const lake = await openLake(config);
  const gold = await checkGold({ lake, active, now: io.now(), deep }, words);
  gold.forEach(say);
  const published = (await lake.readPointer(GOLD_POINTER)) !== null;
  if (!published || gold.some(({ mark }) => mark === "broken")) return;
  const engines = await checkWarehouse(config, lake, words);
  engines.forEach(say);
  if (engines.some(({ mark }) => mark === "broken")) return;
  const findings = await checkFindings(lake, shell);
  if (findings !== null) say(findings);
}
