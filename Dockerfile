# docker build -t cloud-elements-emulator .
# docker run --rm -p 127.0.0.1:4600:4600 cloud-elements-emulator
# docs/running.md has more.

FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.declarations.json LICENSE ./
COPY scripts scripts
COPY fixtures fixtures
COPY src src
RUN npm run build

FROM node:24-slim
LABEL org.opencontainers.image.title="cloud-elements-emulator" \
  org.opencontainers.image.description="An emulator of the Cloud Elements platform API (SAP Open Connectors), for tests, local development and demos" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="MIT"
WORKDIR /app
# The bundle contains its dependencies and the built-in fixtures.
COPY --from=build /build/LICENSE /build/THIRD_PARTY_NOTICES ./
COPY --from=build /build/dist/cli.cjs /build/dist/fixture-command.cjs /build/dist/index.cjs dist/
COPY --from=build /build/dist/on-demand dist/on-demand
COPY --from=build /build/dist/sandbox dist/sandbox
RUN mkdir /data && chown node:node /data
VOLUME ["/data"]
# Listen on all addresses of the container; -p decides which of the machine's addresses reach it.
ENV NODE_ENV=production CE_EMULATOR_HOST=0.0.0.0 CE_EMULATOR_PORT=4600
EXPOSE 4600
USER node
# --start-interval needs Docker Engine 25 or later; without it the first check comes after a whole --interval.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --start-interval=1s --retries=3 \
  CMD ["node", "-e", "const { CE_EMULATOR_PORT: port, CE_EMULATOR_HTTPS: https, CE_EMULATOR_HTTPS_KEY: key } = process.env; require(key || /^(1|true|yes)$/i.test(https) ? 'https' : 'http').get({ host: '127.0.0.1', port, path: '/__emulator/health', rejectUnauthorized: false }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli.cjs"]
