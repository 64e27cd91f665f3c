import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FairCache } from '../src/index-segments/fair-cache.ts'

const bound = 100

/** A cache at work: whoever uses a value says how large it is. */
function cacheAtWork(now: () => number = () => 0) {
  const cache = new FairCache<string>(bound, now)
  const isHeld = (user: string, place = 0) => cache.get(`${user}/${place}`) !== undefined
  /** Whether the value was held already. */
  const use = (user: string, bytes: number, place = 0): boolean => {
    const hit = isHeld(user, place)
    cache.use(`${user}/${place}`, user, 'value', bytes)
    return hit
  }
  return { cache, use, isHeld }
}

const total = (values: readonly { readonly bytes: number }[]) => values.reduce((sum, { bytes }) => sum + bytes, 0)

const users = (count: number, name = 'user') => Array.from({ length: count }, (_, place) => `${name}-${place}`)

describe('the cache of many users', () => {
  it('is never over its bound, holds what was just used up to a quarter of it, and leaves everybody an even share of three quarters', () => {
    const step = fc.record({
      user: fc.integer({ max: 7, min: 0 }),
      place: fc.integer({ max: 4, min: 0 }),
      bytes: fc.integer({ max: 120, min: 1 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { cache, use, isHeld } = cacheAtWork()
        const held = new Map<string, { readonly user: string; readonly place: number; readonly bytes: number }>()
        for (const { user: number, place, bytes } of steps) {
          const user = `user-${number}`
          held.delete(`${user}/${place}`)
          const before = Map.groupBy(held.values(), (each) => each.user)
          use(user, bytes, place)
          held.set(`${user}/${place}`, { user, place, bytes })
          const gone = [...held].filter(([, each]) => !isHeld(each.user, each.place))
          for (const [key] of gone) held.delete(key)

          const sizeBytes = total([...held.values()])
          expect(cache.sizeBytes).toBe(sizeBytes)
          expect(cache.count).toBe(held.size)
          expect(sizeBytes).toBeLessThanOrEqual(bound)
          if (bytes <= bound / 4) expect(isHeld(user, place)).toBe(true)
          const evenShare = (bound * 3) / 4 / new Set([...before.keys(), user]).size
          for (const [, { user: loser }] of gone) {
            if (loser === user) continue
            expect(total(before.get(loser) ?? [])).toBeGreaterThan(evenShare)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([1, 3])('lets %i who ask thirty values each in turn replace their own, and nobody else’s', (count) => {
    const { use } = cacheAtWork()
    const quiet = users(30)
    const busy = users(count, 'busy')
    let hits = 0
    let place = 0
    for (let round = 0; round < 20; round++) {
      for (const user of quiet) {
        for (let turn = 0; turn < 10; turn++, place = (place + 1) % 30) for (const other of busy) use(other, 2, place)
        if (use(user, 2) && round > 0) hits += 1
      }
    }
    expect(hits).toBe(30 * 19)
  })

  it.each([
    ['larger than all of it', 150, 30],
    ['too large for the room that those who ask leave', 60, 30],
    ['too large for the room that more of them would leave than have to', 60, 45],
  ])('puts out nobody’s value for one that is %s', (_, bytes, others) => {
    const { use, isHeld } = cacheAtWork()
    for (const user of users(others)) use(user, 2)
    use('large', 2, 1)
    for (let turn = 0; turn < 10; turn++) expect(use('large', bytes)).toBe(false)
    expect([...users(others).map((user) => isHeld(user)), isHeld('large', 1)]).not.toContain(false)
  })

  it('holds a large value where there is room, until others need it', () => {
    const { use, isHeld } = cacheAtWork()
    for (const user of users(20)) use(user, 2)
    use('large', 60)
    expect(isHeld('large')).toBe(true)
    use('user-20', 2)
    expect(users(21).every((user) => isHeld(user))).toBe(true)
    expect(isHeld('large')).toBe(false)
  })

  it('shares itself out by use among many users of one value each, somewhat larger ones too', () => {
    const { use, isHeld } = cacheAtWork()
    const sizes = users(100).map((user, place) => ({ user, bytes: place % 10 === 0 ? 6 : 2 }))
    for (const { user, bytes } of sizes) {
      use('often', 6)
      use(user, bytes)
    }
    expect(isHeld('often')).toBe(true)
    expect(isHeld('user-99')).toBe(true)
    expect(isHeld('user-90')).toBe(true)
    expect(isHeld('user-0')).toBe(false)
    expect(isHeld('user-10')).toBe(false)
  })

  it('leaves one of two users three eighths, however much and often the other asks', () => {
    const { use, isHeld } = cacheAtWork()
    for (let place = 0; place < 37; place++) use('slow', 1, place)
    for (let turn = 0; turn < 1000; turn++) use('fast', 1, turn % 200)
    expect(Array.from({ length: 37 }, (_, place) => isHeld('slow', place))).not.toContain(false)
  })

  it('gives a single user all of it', () => {
    const { use, cache } = cacheAtWork()
    for (let place = 0; place < 200; place++) use('only', 1, place)
    expect(cache.sizeBytes).toBe(bound)
    expect(use('only', 100, 200)).toBe(false)
    expect(use('only', 100, 200)).toBe(true)
  })

  it('keeps nothing from those who ask for one who has not asked for ten minutes', () => {
    let minutes = 0
    const { use, isHeld } = cacheAtWork(() => minutes * 60_000)
    for (const user of users(30)) use(user, 2)
    minutes = 9
    for (const user of users(10)) use(user, 2)
    expect(use('large', 60)).toBe(false)
    expect(isHeld('large')).toBe(false)
    minutes = 11
    use('large', 60)
    expect(isHeld('large')).toBe(true)
    expect(users(30).filter((user) => isHeld(user))).toHaveLength(20)
    expect(users(10).every((user) => isHeld(user))).toBe(true)
  })

  it('counts a value that has grown anew, and forgets what it deletes', () => {
    const { use, cache, isHeld } = cacheAtWork()
    use('a', 10)
    use('a', 20)
    use('a', 5, 1)
    use('ab', 7)
    expect(cache.sizeBytes).toBe(32)
    cache.delete('a/1')
    cache.delete('a/1')
    expect(cache.sizeBytes).toBe(27)
    cache.deleteAll('a/')
    expect([cache.sizeBytes, cache.count, isHeld('ab')]).toEqual([7, 1, true])
    cache.clear()
    expect([cache.sizeBytes, cache.count]).toEqual([0, 0])
  })
})
