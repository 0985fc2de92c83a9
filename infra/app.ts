import process from "node:process";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { readSettings, SettingsError } from "./settings.ts";
import { CarteiraStack } from "./stack.ts";

/** What `cdk` runs: `npm run infra:synth`, `infra:diff`, `infra:deploy`. */

const app = new App();
try {
  const context: unknown = app.node.tryGetContext("carteira");
  const settings = readSettings(
    process.env,
    typeof context === "object" && context !== null ? { ...context } : {},
  );
  new CarteiraStack(app, settings);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
