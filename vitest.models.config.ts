import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** `npm run test:models`: tests on real models. Their servers are compiled the first time, which takes too long for `npm test`. */
export default defineConfig({
  ssr: base.ssr ?? {},
  test: {
    name: 'models',
    include: ['packages/*/test/**/*.models.ts', 'services/test/*.models.ts', 'tests/*.models.ts'],
    globalSetup: ['services/test/model-servers.ts'],
    // They share the servers, which answer one request after the other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './tools/plain-summary.ts'],
  },
})
