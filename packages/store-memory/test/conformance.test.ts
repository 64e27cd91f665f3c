import { memoryStore } from '@graphmem/store-memory'
import { describeGraphStore } from '@graphmem/testkit/vitest'

describeGraphStore('memory', { create: () => ({ store: memoryStore(), reopen: memoryStore }) })
