import { fileURLToPath } from "node:url";
import { IgnoreMode } from "aws-cdk-lib";
import { type DockerImageAssetProps, Platform } from "aws-cdk-lib/aws-ecr-assets";

/** The project's folder: what the image is made of, `.dockerignore` says which part. */
const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/**
 * One of the two images of the Dockerfile. x86-64, although Graviton costs a fifth less: every test runs on x86-64, an
 * image of another architecture builds under emulation on most machines, and what it would save is a few dollars a month.
 */
export function image(target: "bot" | "lambda"): DockerImageAssetProps {
  return { directory: PROJECT, target, platform: Platform.LINUX_AMD64, ignoreMode: IgnoreMode.DOCKER };
}
