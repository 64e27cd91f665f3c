import { fileName, hostLabel, keySegment, scope, scopeKey, userKey } from '@graphmem/core/spec'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const id = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.constantFrom('a', 'a:b', 'b:c', 'c', 'a/b', '/', '~', '~2f', '%2F', '..', 'A', '日本', 'é', 'e\u0301', '_'),
  )
  .filter((text) => text.isWellFormed() && !/\p{Cc}/u.test(text))

describe('the codec of scopes', () => {
  it('gives two memories two keys, of which none begins with the other', () => {
    fc.assert(
      fc.property(id, id, id, id, (userId, memoryId, otherUser, otherMemory) => {
        const key = scopeKey(scope({ userId, memoryId }))
        const other = scopeKey(scope({ userId: otherUser, memoryId: otherMemory }))
        if (userId === otherUser && memoryId === otherMemory) expect(key).toBe(other)
        else expect(key.startsWith(other) || other.startsWith(key)).toBe(false)
        expect(key.startsWith(userKey(userId))).toBe(true)
        expect(key.startsWith(userKey(otherUser))).toBe(userId === otherUser)
      }),
      { numRuns: 500 },
    )
  })

  it('writes only letters, digits and . _ @ - ~, and can be read back', () => {
    fc.assert(
      fc.property(id, (given) => {
        expect(keySegment(given)).toMatch(/^[A-Za-z0-9._@~-]+$/)
        expect(decodeURIComponent(keySegment(given).replaceAll('~', '%'))).toBe(given)
      }),
    )
  })

  it('never lets ("a", "b:c") meet ("a:b", "c")', () => {
    expect(scopeKey(scope({ userId: 'a', memoryId: 'b:c' }))).not.toBe(scopeKey(scope({ userId: 'a:b', memoryId: 'c' })))
  })
})

describe('the file name of an id', () => {
  it('is safe on every disk, and another for another id, also where case is folded', () => {
    fc.assert(
      fc.property(id, id, (one, other) => {
        const name = fileName(one)
        expect(name).toMatch(/^(?:[a-z0-9][a-z0-9_-]{0,63}|~[a-z2-7]{52})$/)
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)$/)
        if (one !== other) expect(name.toLowerCase()).not.toBe(fileName(other).toLowerCase())
      }),
    )
    for (const reserved of ['con', 'nul', 'com1', '.', '..', '-rf', 'Alice', '']) expect(fileName(reserved)).toMatch(/^~/)
    expect(fileName('alice')).toBe('alice')
  })
})

describe('the host label of an id', () => {
  it('is a part of a host name, short, and another for another id', () => {
    const plainId = fc.string({ unit: fc.constantFrom('a', 'i', 'd', '-', '0', 'A'), minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.oneof(id, plainId), fc.oneof(id, plainId), (one, other) => {
        expect(hostLabel(one)).toMatch(/^[a-z0-9]{1,32}$/)
        if (one !== other) expect(hostLabel(one)).not.toBe(hostLabel(other))
      }),
      { numRuns: 1000 },
    )
    for (const hashed of [
      'id-alice',
      'user-17',
      'x-evil',
      'xn--bcher-kva',
      '-a',
      'a-',
      'Alice',
      'a_b',
      'a.b',
      'a'.repeat(33),
      hostLabel('Alice'),
    ]) {
      expect(hostLabel(hashed)).toMatch(/^id[a-z2-7]{26}$/)
    }
    for (const plain of ['alice', '0', 'ideal', 'user17', 'a'.repeat(32)]) expect(hostLabel(plain)).toBe(plain)
  })
})
