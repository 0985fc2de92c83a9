import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Takes a resource out of rules of cdk-nag, each with the argument for it: it stands beside the resource. */
export function argue(construct: IConstruct, rules: Readonly<Record<string, string>>): void {
  for (const [rule, reason] of Object.entries(rules))
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}
