import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Shares } from '../src/turns/shares.ts'
import { Turns } from '../src/turns/turns.ts'
import { hashedUser } from '../src/who/hashed-user.ts'

const loud = hashedUser('loud')
const quiet = hashedUser('quiet')

/** A process that is as busy as it is told, on a clock that stands still until it is moved. */
function doubleOfProcess() {
  let cpuMs = 0
  let busyShare = 1
  const shares = new Shares(1 / 10, () => Date.now())
  const turns = new Turns(shares, { cpuMs: () => cpuMs, busyShare: () => busyShare })
  const begun: string[] = []
  const gates = new Map<string, () => void>()
  return {
    shares,
    turns,
    begun,
    /** Something of a user that is at work until it is let go. */
    begin(userId: string, name: string): void {
      const work = () => {
        begun.push(name)
        return new Promise<void>((resolve) => gates.set(name, resolve))
      }
      void turns.run(hashedUser(userId), work)
    },
    /** Ends what has begun, after so much work. */
    async end(name: string, ms = 0) {
      cpuMs += ms
      gates.get(name)?.()
      await vi.advanceTimersByTimeAsync(0)
    },
    async work(ms: number) {
      cpuMs += ms
      await vi.advanceTimersByTimeAsync(ms)
    },
    rest(share: number) {
      busyShare = share
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const many = (user: string, count: number) => Array.from({ length: count }, (_, place) => `${user}${place}`)

describe('turns', () => {
  test('go to users one after the other, however much one of them has waiting', async () => {
    const { begin, begun, end } = doubleOfProcess()
    for (const name of many('loud', 10)) begin('loud', name)
    begin('quiet', 'quiet0')
    begin('other', 'other0')
    expect(begun).toEqual(many('loud', 4))
    await end('loud0')
    await end('loud1')
    expect(begun.slice(4)).toEqual(['quiet0', 'other0'])
  })

  test('are one at a time for who asks much beside others who ask little, and several for others', async () => {
    const { begin, begun, end, shares } = doubleOfProcess()
    shares.pay(loud, 150, { isLong: false })
    begin('quiet', 'quiet0')
    for (const name of many('loud', 3)) begin('loud', name)
    begin('other', 'other0')
    expect(begun).toEqual(['quiet0', 'loud0', 'other0'])
    await end('loud0')
    expect(begun).toEqual(['quiet0', 'loud0', 'other0', 'loud1'])
  })

  test('end when the process has nothing to do, as with a model that takes its time', async () => {
    const { begin, begun, rest, work } = doubleOfProcess()
    for (const name of many('user', 12)) begin('user', name)
    expect(begun).toHaveLength(4)
    rest(0.1)
    await work(2)
    expect(begun).toHaveLength(8)
    await work(2)
    expect(begun).toHaveLength(12)
  })

  test('end after a while, so that what is long does not hold up what is short', async () => {
    const { begin, begun, work } = doubleOfProcess()
    for (const name of many('loud', 4)) begin('loud', name)
    begin('quiet', 'quiet0')
    await work(30)
    expect(begun).not.toContain('quiet0')
    await work(12)
    expect(begun).toContain('quiet0')
  })

  test('go on after one that fails', async () => {
    const { turns, begin, begun } = doubleOfProcess()
    const failed = Array.from({ length: 4 }, () =>
      turns.run(loud, async () => {
        throw new Error('no')
      }),
    )
    begin('quiet', 'quiet0')
    expect((await Promise.allSettled(failed)).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
    await vi.advanceTimersByTimeAsync(0)
    expect(begun).toEqual(['quiet0'])
  })

  test('are no more than a share of the time for who asks much beside others who ask little', async () => {
    const { turns, work } = doubleOfProcess()
    const began = Date.now()
    let isOver = false
    let taken = 0
    const waits: number[] = []
    /** Something that takes so long, and keeps the process busy meanwhile. */
    const busy = (ms: number) => () => new Promise<void>((resolve) => setTimeout(resolve, ms))
    for (let connection = 0; connection < 50; connection++) {
      void (async () => {
        while (!isOver) {
          await turns.run(loud, busy(10))
          taken += 1
        }
      })()
    }
    for (let at = 0; at < 5_000; at += 1) {
      if (at % 500 === 0) void turns.run(quiet, async () => void waits.push(Date.now() - began - at))
      await work(1)
    }
    isOver = true
    // What it may take at once, and a tenth of five seconds, by ten milliseconds.
    expect(taken).toBeGreaterThan(50)
    expect(taken).toBeLessThan(90)
    expect(waits).toHaveLength(10)
    expect(Math.max(...waits)).toBeLessThan(20)
  })
})

describe('shares', () => {
  const opened = () => new Shares(1 / 10, () => Date.now())

  test('hold back nobody who is alone, or beside others who ask as much', () => {
    const shares = opened()
    const both = [loud, quiet]
    for (const user of both) {
      shares.pay(user, 10_000, { isLong: false })
      shares.begin(user)
    }
    for (const user of both) expect(shares.waitMs(user)).toBe(0)
  })

  test('hold back who asked much beside who asks little, until it is paid, for ten seconds at most', () => {
    const shares = opened()
    shares.pay(loud, 300, { isLong: false })
    shares.begin(quiet)
    expect(shares.waitMs(loud)).toBe(1_000)
    expect(shares.waitMs(quiet)).toBe(0)
    vi.advanceTimersByTime(400)
    expect(shares.waitMs(loud)).toBeCloseTo(600)
    vi.advanceTimersByTime(600)
    expect(shares.waitMs(loud)).toBe(0)
    shares.pay(loud, 10_000, { isLong: false })
    expect(shares.waitMs(loud)).toBe(10_000)
  })

  test('hold back nobody once who asked little is gone', () => {
    const shares = opened()
    shares.begin(quiet)
    shares.pay(loud, 10_000, { isLong: false })
    vi.advanceTimersByTime(1_999)
    expect(shares.waitMs(loud)).toBeGreaterThan(0)
    vi.advanceTimersByTime(2)
    expect(shares.waitMs(loud)).toBe(0)
  })

  test('let who has rested do much at once', () => {
    const shares = opened()
    shares.begin(quiet)
    for (let count = 0; count < 20; count++) {
      expect(shares.waitMs(loud)).toBe(0)
      shares.pay(loud, 10, { isLong: false })
    }
    shares.pay(loud, 10, { isLong: false })
    expect(shares.waitMs(loud)).toBeCloseTo(100)
  })

  test('hold back who is at something long until it is done', () => {
    const shares = opened()
    shares.holdUp(loud)
    expect(shares.waitMs(loud)).toBe(0)
    shares.begin(quiet)
    expect(shares.waitMs(loud)).toBeGreaterThan(0)
    shares.pay(loud, 20, { isLong: true })
    expect(shares.waitMs(loud)).toBe(0)
  })
})
