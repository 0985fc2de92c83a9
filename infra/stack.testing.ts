import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type Stack, Validations } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks } from "cdk-nag";
import { readSettings } from "./settings.ts";
import { CarteiraStack } from "./stack.ts";

const USER = "arn:aws:quicksight:sa-east-1:123456789012:user/default/ana";
const REACHED = {
  domain: "carteira.example.com",
  certificateArn: "arn:aws:acm:sa-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
};

/** The deployments that the tests look at; together they have every part there is. */
export const VARIANTS = {
  socket: {},
  reached: { slack: "http", teams: true, redshift: false, ...REACHED },
  dashboard: { quicksightUserArn: USER },
  "dashboard on Athena": { quicksightUserArn: USER, redshift: false, slack: "off", teams: true, ...REACHED },
} as const satisfies Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type Variant = keyof typeof VARIANTS;

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

interface Synthesised {
  readonly stack: Stack;
  readonly template: Template;
  readonly resources: Readonly<Record<string, Resource>>;
  /** Rules of cdk-nag, and of CDK's own check against the schemas of CloudFormation, that do not hold. */
  readonly violations: readonly string[];
}

const made = new Map<Variant, Synthesised>();

/** A deployment's template; made once. */
export function synthesise(variant: Variant): Synthesised {
  const known = made.get(variant);
  if (known !== undefined) return known;
  const found = checked(
    (app) => new CarteiraStack(app, readSettings({}, { alarmEmail: "ti@example.com", ...VARIANTS[variant] })),
  );
  made.set(variant, found);
  return found;
}

/** Makes a stack and has it checked by cdk-nag, and by CDK against the schemas of CloudFormation. */
export function checked(make: (app: App) => Stack): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), "carteira-cdk-"));
  try {
    const app = new App({ outdir, context: { "aws:cdk:disable-asset-staging": true } });
    const stack = make(app);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    try {
      app.synth();
    } catch (error) {
      // Thrown once the report is written, which says it line by line.
      if (!(error instanceof Error) || error.name !== "ValidationFailed") throw error;
    }
    const template: { readonly Resources: Synthesised["resources"] } = JSON.parse(
      readFileSync(join(outdir, stack.templateFile), "utf8"),
    );
    return {
      stack,
      template: Template.fromJSON({ ...template }),
      resources: template.Resources,
      violations: violationsIn(join(outdir, "validation-report.json")),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What the report says; it is there also where all is well. */
function violationsIn(path: string): readonly string[] {
  const report: {
    readonly pluginReports: readonly {
      readonly pluginName: string;
      readonly violations: readonly {
        readonly ruleName: string;
        readonly violatingConstructs: readonly { readonly constructPath: string }[];
      }[];
    }[];
  } = JSON.parse(readFileSync(path, "utf8"));
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  );
}

/** Resources of a type, by their names in the template. */
export function ofType({ resources }: Synthesised, type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}
