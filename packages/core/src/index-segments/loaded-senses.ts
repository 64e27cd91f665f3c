import type { Sense } from '../spec/index.ts'
import { Links } from './links.ts'
import { Parts } from './parts.ts'
import { type SenseRows, senseAt, senseCount, senseId, senseKey } from './sense-rows.ts'
import { StringTable } from './string-table.ts'
import { textNumbers } from './text-numbers.ts'
import type { Texts } from './texts-codec.ts'
import { wordCount } from './word-count.ts'

/** The senses of a memory, in the process. An object is made of one when it is asked for. */
export class LoadedSenses {
  /** Numbers the ids of all senses that anything speaks of, there or not. */
  readonly ids: StringTable = new StringTable()
  readonly #parts = new Parts<{ readonly rows: SenseRows; readonly texts: Texts }>()
  /** By number of id: the sense's number among all rows. */
  readonly #rows: (number | undefined)[] = []
  readonly #keys = new StringTable()
  #keysMeasured = 0
  #longestKey = 1
  /** By number of key: numbers of ids. */
  readonly #ofKey = new Links()
  /** The words of keys of several words; by number of word: numbers of keys. Filled when first asked for, with what came since. */
  readonly #words = new StringTable()
  readonly #keysOfWord = new Links()
  #keysCut = 0

  /** Adds those that are not there yet. */
  add(rows: SenseRows, texts: Texts, numberOf: (place: number) => number): void {
    const count = senseCount(rows)
    const start = this.#parts.add({ rows, texts }, count)
    const keyOf = textNumbers(this.#keys, texts)
    for (let row = 0; row < count; row += 1) {
      const number = numberOf(senseId(rows, row))
      if (this.#rows[number] !== undefined) continue
      this.#rows[number] = start + row
      this.#ofKey.push(keyOf(senseKey(rows, row)), number)
    }
  }

  has(id: string): boolean {
    return this.#rows[this.ids.find(id) ?? -1] !== undefined
  }

  get(id: string): Sense | undefined {
    return this.#at(this.ids.find(id) ?? -1)
  }

  /** The ids of all. */
  keys(): readonly string[] {
    return this.ids.strings.filter((_, number) => this.#rows[number] !== undefined)
  }

  /** The most words in a key. */
  get longestKey(): number {
    const keys = this.#keys.strings
    for (; this.#keysMeasured < keys.length; this.#keysMeasured += 1) {
      this.#longestKey = Math.max(this.#longestKey, wordCount(keys[this.#keysMeasured] ?? ''))
    }
    return this.#longestKey
  }

  hasKey(key: string): boolean {
    return this.#keys.find(key) !== undefined
  }

  ofKey(key: string): readonly Sense[] {
    return this.#ofKey.get(this.#keys.find(key) ?? -1).flatMap((number) => this.#at(number) ?? [])
  }

  /** Those whose key has a word beside others. */
  ofWord(word: string): readonly Sense[] {
    const keys = this.#keys.strings
    for (; this.#keysCut < keys.length; this.#keysCut += 1) {
      const words = new Set(keys[this.#keysCut]?.split(' '))
      if (words.size > 1) for (const each of words) this.#keysOfWord.push(this.#words.place(each), this.#keysCut)
    }
    return this.#keysOfWord
      .get(this.#words.find(word) ?? -1)
      .flatMap((key) => this.#ofKey.get(key).flatMap((number) => this.#at(number) ?? []))
  }

  #at(number: number): Sense | undefined {
    const found = this.#parts.find(this.#rows[number] ?? -1)
    return found === undefined ? undefined : senseAt(found.part.rows, found.row, found.part.texts)
  }
}
