import { Duration } from "aws-cdk-lib";
import * as acm from "aws-cdk-lib/aws-certificatemanager";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import type * as ecs from "aws-cdk-lib/aws-ecs";
import * as elb from "aws-cdk-lib/aws-elasticloadbalancingv2";
import type * as s3 from "aws-cdk-lib/aws-s3";
import * as waf from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { argue } from "./argue.ts";
import { SLACK_PORT, TEAMS_PORT } from "./bot.ts";
import { fits } from "./fits.ts";
import type { Network } from "./network.ts";
import type { Settings } from "./settings.ts";

const HTTPS = 443;
/** Both services send from few addresses, so that this is far above a busy office's morning. */
const REQUESTS_PER_ADDRESS_MAX = 10_000;
/** Rules over bodies count and do not block: people write of anything, Teams sends HTML, and a file's event is long. */
const BODY_RULES = [
  "SizeRestrictions_BODY",
  "CrossSiteScripting_BODY",
  "GenericLFI_BODY",
  "GenericRFI_BODY",
  "EC2MetaDataSSRF_BODY",
] as const;

interface Way {
  readonly name: string;
  readonly path: string;
  readonly port: number;
  /**
   * What the path answers to a GET, which is never from the service. The bot has no page for health, and needs none: that
   * this comes back says that the process listens and answers.
   */
  readonly healthy: string;
}

const SLACK: Way = { name: "Slack", path: "/slack/events", port: SLACK_PORT, healthy: "404" };
const TEAMS: Way = { name: "Teams", path: "/api/messages", port: TEAMS_PORT, healthy: "405" };

export interface EdgeProps {
  readonly settings: Settings;
  readonly network: Network;
  readonly logs: s3.Bucket;
  readonly service: ecs.FargateService;
  readonly serviceGroup: ec2.SecurityGroup;
  readonly certificateArn: string;
}

/**
 * The only thing of Carteira that the internet reaches: a load balancer that ends TLS and hands on two paths, behind a
 * firewall. Who asks is checked by the bot: Slack by its signature, Teams by its token.
 */
export class Edge extends Construct {
  readonly balancer: elb.ApplicationLoadBalancer;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { network, settings, logs } = props;
    const group = new ec2.SecurityGroup(this, "Group", {
      vpc: network.vpc,
      description: "Load balancer of Carteira: HTTPS from anywhere",
      allowAllOutbound: false,
    });
    group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(HTTPS), "Slack and Teams");
    argue(group, {
      EC23: "Slack and Microsoft publish no fixed addresses to receive from; each request is checked.",
    });
    this.balancer = new elb.ApplicationLoadBalancer(this, "Balancer", {
      vpc: network.vpc,
      internetFacing: true,
      securityGroup: group,
      dropInvalidHeaderFields: true,
      deletionProtection: true,
    });
    this.balancer.logAccessLogs(fits<s3.IBucket>(logs), "balancer");
    const listener = this.balancer.addListener("Https", {
      port: HTTPS,
      protocol: elb.ApplicationProtocol.HTTPS,
      certificates: [acm.Certificate.fromCertificateArn(this, "Certificate", props.certificateArn)],
      sslPolicy: elb.SslPolicy.TLS13_RES,
      open: false,
      defaultAction: elb.ListenerAction.fixedResponse(404),
    });
    const ways = [...(settings.slack === "http" ? [SLACK] : []), ...(settings.teams ? [TEAMS] : [])];
    ways.forEach((way, at) => {
      this.#open(way, { listener, group, props, priority: at + 1 });
    });
    protect(this, this.balancer.loadBalancerArn);
  }

  #open(
    way: Way,
    {
      listener,
      group,
      props,
      priority,
    }: {
      readonly listener: elb.ApplicationListener;
      readonly group: ec2.SecurityGroup;
      readonly props: EdgeProps;
      readonly priority: number;
    },
  ): void {
    const { name, path, port, healthy } = way;
    listener.addTargets(name, {
      priority,
      conditions: [elb.ListenerCondition.pathPatterns([path])],
      protocol: elb.ApplicationProtocol.HTTP,
      port,
      targets: [props.service.loadBalancerTarget({ containerName: "bot", containerPort: port })],
      deregistrationDelay: Duration.seconds(30),
      healthCheck: { path, healthyHttpCodes: healthy, interval: Duration.seconds(30) },
    });
    props.serviceGroup.addIngressRule(group, ec2.Port.tcp(port), `${name} by way of the load balancer`);
    group.addEgressRule(props.serviceGroup, ec2.Port.tcp(port), name);
  }
}

function protect(scope: Construct, resourceArn: string): void {
  const visible = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
    metricName,
  });
  const managed = (
    name: string,
    priority: number,
    counted: readonly string[] = [],
  ): waf.CfnWebACL.RuleProperty => ({
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visible(name),
  });
  const firewall = new waf.CfnWebACL(scope, "Firewall", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: visible("Firewall"),
    rules: [
      {
        name: "Flood",
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: REQUESTS_PER_ADDRESS_MAX, aggregateKeyType: "IP" } },
        visibilityConfig: visible("Flood"),
      },
      managed("AWSManagedRulesAmazonIpReputationList", 1),
      managed("AWSManagedRulesKnownBadInputsRuleSet", 2),
      managed("AWSManagedRulesCommonRuleSet", 3, BODY_RULES),
    ],
  });
  new waf.CfnWebACLAssociation(scope, "Protected", { resourceArn, webAclArn: firewall.attrArn });
}
