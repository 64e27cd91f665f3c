import fc from 'fast-check'
import { expect, it } from 'vitest'
import { StringTable } from '../src/index-segments/string-table.ts'

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom('__proto__', 'constructor', '', '\0'))
const texts = fc.array(text, { maxLength: 400, size: 'max' })

it('a table of strings numbers them as a map would', () => {
  fc.assert(
    fc.property(texts, texts, (placed, sought) => {
      const table = new StringTable()
      const map = new Map<string, number>()
      for (const text of placed) {
        if (!map.has(text)) map.set(text, map.size)
        expect(table.place(text)).toBe(map.get(text))
      }
      expect(table.strings).toEqual([...map.keys()])
      for (const text of sought) expect(table.find(text)).toBe(map.get(text))
    }),
  )
})
