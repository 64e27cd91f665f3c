import { localReasoner } from '@graphmem/llm-local'
import { randomNumbers, shuffled } from '../random.ts'
import { passageOf } from './extraction-bench.ts'
import { readPassages } from './open-ie.ts'

// Prints the facts that are judged by hand: `node --conditions=graphmem-source bench/src/extraction/sample-facts.ts [--text]`.
const seed = 20_261_123
const size = 100
const withText = process.argv.includes('--text')

const reasoner = localReasoner()
const lines: string[] = []
for (const passage of await readPassages()) {
  const { names, facts } = await reasoner.extract(passageOf(passage))
  const nameOf = (index: number): string => {
    const name = names[index]
    const text = typeof name?.name === 'string' ? name.name : '@speaker'
    return name?.of === undefined ? text : `${text} of ${nameOf(name.of)}`
  }
  for (const fact of facts) {
    const object = 'name' in fact.object ? nameOf(fact.object.name) : `“${fact.object.value}”`
    const valid = [fact.valid.from, fact.valid.until]
      .map((instant) => (instant === undefined ? '' : new Date(instant).toISOString().slice(0, 10)))
      .join(' – ')
    const said = `${passage.id} | ${nameOf(fact.subject)} | ${fact.negated ? 'not ' : ''}${fact.predicate} | ${object} | ${valid === ' – ' ? '' : valid}`
    lines.push(withText ? `${said}\n      ${passage.title}: ${passage.text.slice(fact.span.start, fact.span.end)}` : said)
  }
}
process.stdout.write(`${shuffled(lines, randomNumbers(seed)).slice(0, size).join('\n')}\n`)
