import { nameKey } from '../analysis/name-key.ts'
import type { Analyzer, Word } from '../spec/index.ts'
import type { MemoryView } from './memory-view.ts'
import type { EntityView } from './views.ts'

/** The entities that a text names, longest name first from left to right; one that it names twice comes twice. Costs the text's length, times the longest name's. */
export function namedEntities(words: readonly Word[], view: MemoryView, analyzer: Analyzer): readonly EntityView[] {
  const entities: EntityView[] = []
  const lowerCase = words.every(({ capitalised }, index) => index === 0 || !capitalised)
  for (let from = 0; from < words.length; from += 1) {
    for (let to = Math.min(words.length, from + view.index.longestKey); to > from; to -= 1) {
      const run = words.slice(from, to)
      const key = nameKey(run.map(({ word }) => word).join(' '))
      const isTitle = view.index.about.get(key).some(({ chunk }) => view.belief.chunk(chunk))
      if (!isTitle && !view.index.sensesOfKey.has(key)) continue
      if (!readsAsName(run, from, lowerCase && !isTitle, analyzer)) continue
      const found = view.entities.named(key)
      entities.push(...found)
      if (!isTitle && found.length === 0) continue
      from = to - 1
      break
    }
  }
  return entities
}

/** Whether words that spell a known name are meant as one: capitalised enough, long enough, or in a text without any capitals. */
function readsAsName(run: readonly Word[], from: number, lowerCase: boolean, analyzer: Analyzer): boolean {
  const content = run.filter(({ word }) => !analyzer.isStopWord(word)).length
  const [first] = run
  if (content === 0 || first === undefined) return false
  if (run.length === 1 && (first.numeric || (from === 0 && analyzer.isStopWord(first.word)))) return false
  if (content >= 3 || lowerCase) return true
  const capitals = run.filter(({ capitalised, numeric }) => capitalised || numeric).length
  return capitals >= (run.length === 1 ? 1 : Math.ceil(content / 2)) && (first.capitalised || first.numeric || run.length > 2)
}
