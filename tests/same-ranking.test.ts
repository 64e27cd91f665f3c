import { describe, it } from 'vitest'
import { checkSameRanking } from './check-same-ranking.ts'
import { storeOnServer, stores } from './on-every-store.ts'

describe('a ranking', () => {
  it('is the same to the last bit on every store, whatever the order and the batches, alone or beside a neighbour', {
    timeout: 120_000,
  }, async () => {
    await checkSameRanking([...Object.values(stores), storeOnServer], 8)
  })
})
