import { describeCache } from '@graphmem/testkit/vitest'
import { clockedCache } from './clocked-cache.ts'

describeCache('memory', { create: clockedCache })
