import type { Assertion, Fact } from '../spec/index.ts'
import { type AssertionRows, assertedFact, assertedIn, assertionAt } from './assertion-rows.ts'
import { type FactRows, factAt, factId, factObject, factSubject } from './fact-rows.ts'
import { Links } from './links.ts'
import { Parts } from './parts.ts'
import { StringTable } from './string-table.ts'
import { textNumbers } from './text-numbers.ts'
import type { Texts } from './texts-codec.ts'

/** A fact with all that states it. */
export interface LoadedFact extends Fact {
  readonly assertions: readonly LoadedAssertion[]
}

export interface LoadedAssertion extends Assertion {
  /** The number of its chunk, once that was asked for: see `RecallIndex.chunkOf`. */
  chunk: number | undefined
}

/** The facts of a memory and what states them, in the process. A fact is made an object when it is first asked for, until more is added. */
export class LoadedFacts {
  readonly #senseIds: StringTable
  readonly #ids = new StringTable()
  readonly #chunkIds = new StringTable()
  readonly #facts = new Parts<{ readonly rows: FactRows; readonly texts: Texts }>()
  readonly #assertions = new Parts<{ readonly rows: AssertionRows; readonly texts: Texts }>()
  /** By number of id: the fact's number among all rows. */
  readonly #rows: (number | undefined)[] = []
  /** By number of a sense's id, of a chunk's id: numbers of facts' ids. */
  readonly #ofSense = new Links()
  readonly #statedIn = new Links()
  /** By number of a fact's id: numbers among all rows. */
  readonly #statedBy = new Links()
  readonly #made = new Map<number, LoadedFact>()

  constructor(senseIds: StringTable) {
    this.#senseIds = senseIds
  }

  /** Adds those that are not there yet. */
  add(facts: FactRows, assertions: AssertionRows, texts: Texts, senseOf: (place: number) => number): void {
    if (facts.count + assertions.count === 0) return
    this.#made.clear()
    const numberOf = textNumbers(this.#ids, texts)
    const chunkOf = textNumbers(this.#chunkIds, texts)
    const first = this.#facts.add({ rows: facts, texts }, facts.count)
    for (let row = 0; row < facts.count; row += 1) {
      const number = numberOf(factId(facts, row))
      if (this.#rows[number] !== undefined) continue
      this.#rows[number] = first + row
      const subject = factSubject(facts, row)
      const object = factObject(facts, row)
      this.#ofSense.push(senseOf(subject), number)
      if (object >= 0 && object !== subject) this.#ofSense.push(senseOf(object), number)
    }
    const start = this.#assertions.add({ rows: assertions, texts }, assertions.count)
    for (let row = 0; row < assertions.count; row += 1) {
      const fact = numberOf(assertedFact(assertions, row))
      this.#statedBy.push(fact, start + row)
      this.#statedIn.push(chunkOf(assertedIn(assertions, row)), fact)
    }
  }

  has(id: string): boolean {
    return this.#rows[this.#ids.find(id) ?? -1] !== undefined
  }

  get(id: string): LoadedFact | undefined {
    return this.#at(this.#ids.find(id) ?? -1)
  }

  values(): readonly LoadedFact[] {
    return this.#all(this.#ids.strings.keys())
  }

  /** Those with a sense as their subject or object. */
  ofSense(senseId: string): readonly LoadedFact[] {
    return this.#all(this.#ofSense.get(this.#senseIds.find(senseId) ?? -1))
  }

  /** Those that a chunk states; one that it states twice comes twice. */
  statedIn(chunkId: string): readonly LoadedFact[] {
    return this.#all(this.#statedIn.get(this.#chunkIds.find(chunkId) ?? -1))
  }

  /** All that was added; one that came twice comes twice. */
  *assertions(): Iterable<Assertion> {
    for (const { rows, texts } of this.#assertions.all()) {
      for (let row = 0; row < rows.count; row += 1) yield assertionAt(rows, row, texts)
    }
  }

  #all(numbers: Iterable<number>): readonly LoadedFact[] {
    const facts: LoadedFact[] = []
    for (const number of numbers) {
      const fact = this.#at(number)
      if (fact !== undefined) facts.push(fact)
    }
    return facts
  }

  #at(number: number): LoadedFact | undefined {
    const made = this.#made.get(number)
    if (made !== undefined) return made
    const found = this.#facts.find(this.#rows[number] ?? -1)
    if (found === undefined) return undefined
    const fact = { ...factAt(found.part.rows, found.row, found.part.texts), assertions: this.#assertionsOf(number) }
    this.#made.set(number, fact)
    return fact
  }

  /** What states a fact, each once. */
  #assertionsOf(fact: number): readonly LoadedAssertion[] {
    const assertions = new Map<string, LoadedAssertion>()
    for (const number of this.#statedBy.get(fact)) {
      const found = this.#assertions.find(number)
      if (found === undefined) continue
      const assertion = assertionAt(found.part.rows, found.row, found.part.texts)
      if (!assertions.has(assertion.id)) assertions.set(assertion.id, { ...assertion, chunk: undefined })
    }
    return [...assertions.values()]
  }
}
