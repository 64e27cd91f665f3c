import type { GraphStore } from '@graphmem/core/spec'

/** Makes the store that a case runs on: a fresh and empty one each time. */
export type CreateStore = () => GraphStore | StoreUnderTest | Promise<GraphStore | StoreUnderTest>

export interface StoreUnderTest {
  readonly store: GraphStore
  /** Another store over the same data. A store that claims to be durable, or open to several processes, must give this. */
  readonly reopen?: () => GraphStore | Promise<GraphStore>
  /** Runs after all stores of the case were disposed of, also when it failed. */
  readonly cleanup?: () => unknown
}

export async function createStore(create: CreateStore): Promise<StoreUnderTest> {
  const created = await create()
  return 'store' in created ? created : { store: created }
}
