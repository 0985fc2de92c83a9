import { Fn } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as logs from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { fits } from "./fits.ts";
import type { Settings } from "./settings.ts";

/** Redshift Serverless wants subnets in three zones. */
const ZONES = [0, 1, 2] as const;

/**
 * The network: public subnets for the load balancer and the way out, private ones for what runs, and isolated ones, without
 * any way out, for the database. S3 is reached within AWS, since all of the lake goes that way; other services are reached
 * through the NAT gateway, which Slack, Yahoo and Banco Central need anyhow: an endpoint for each would cost more.
 */
export class Network extends Construct {
  readonly vpc: ec2.IVpc;

  constructor(
    scope: Construct,
    id: string,
    { settings, key }: { readonly settings: Settings; readonly key: kms.IKey },
  ) {
    super(scope, id);
    const vpc = new ec2.Vpc(this, "Vpc", {
      ipAddresses: ec2.IpAddresses.cidr(settings.vpcCidr),
      // Said, since of an account that it cannot ask CDK takes two.
      availabilityZones: ZONES.map((zone) => Fn.select(zone, Fn.getAzs(settings.region))),
      natGateways: settings.natGateways,
      subnetConfiguration: [
        { name: "public", subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: "private", subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 23 },
        { name: "data", subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 26 },
      ],
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    });
    this.vpc = fits<ec2.IVpc>(vpc);
    const group = new logs.LogGroup(this, "FlowLog", { encryptionKey: key, retention: settings.logDays });
    vpc.addFlowLog("Flows", {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(group),
      trafficType: ec2.FlowLogTrafficType.REJECT,
    });
  }

  /** A security group of something that calls out and is called by nobody, until a rule says so. */
  group(scope: Construct, id: string, description: string): ec2.SecurityGroup {
    return new ec2.SecurityGroup(scope, id, { vpc: this.vpc, description, allowAllOutbound: true });
  }
}

/** Where what runs is put. */
export const PRIVATE: ec2.SubnetSelection = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
