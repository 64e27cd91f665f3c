# The program `graphmem`, which serves unless it is told something else. How it is run: docs/deploy.md.
# Of Debian, and not of Alpine: what is compiled in it (Node, the libSQL engine) is tested on glibc.
FROM node:24.21.0-bookworm-slim AS node

FROM node AS build
WORKDIR /src
COPY package.json ./
# Of the version that package.json says.
# hadolint ignore=DL3016
RUN npm install --global --ignore-scripts "$(node --print "require('./package.json').packageManager")"
COPY . .
RUN pnpm install --frozen-lockfile --filter '@graphmem/cli...' \
    && pnpm exec tsc -b apps/cli \
    && pnpm --filter @graphmem/cli deploy --prod /app \
    && mkdir /data

FROM node
# With no GRAPHMEM_STORE, memories are in /data/graphmem/graphmem.db.
ENV NODE_ENV=production \
    GRAPHMEM_SERVER_HOST=0.0.0.0 \
    GRAPHMEM_SERVER_PORT=8080 \
    XDG_DATA_HOME=/data
WORKDIR /app
COPY --from=build /app ./
# By number, which is the user `node`: only so can Kubernetes tell that it is not root.
COPY --from=build --chown=1000:1000 /data /data
USER 1000:1000
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.GRAPHMEM_SERVER_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1))"]
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["serve"]
