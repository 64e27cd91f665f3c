import { describeCache } from '@graphmem/testkit/vitest'
import { afterAll, describe } from 'vitest'
import { placements, redisUnderTest } from './redis-under-test.ts'

for (const placement of placements) {
  const redis = await redisUnderTest(placement)
  describe.skipIf(redis === undefined)(`Redis, ${placement}`, () => {
    afterAll(() => redis?.[Symbol.asyncDispose]())
    describeCache(`redis, ${placement},`, { create: () => redis?.create() ?? Promise.reject(new Error('no Redis')) })
  })
}
