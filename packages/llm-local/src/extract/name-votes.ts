import type { NameSpan } from './find-names.ts'
import { places } from './lexicon/places.ts'
import { workKinds } from './lexicon/things.ts'
import { voteType } from './reading.ts'
import type { SentenceReading } from './sentence-reading.ts'

const personVerbs = new Set(
  'say live marry study work love like hate enjoy teach tell ask think believe write sing play die graduate retire meet thank call invite cook want move born'.split(
    ' ',
  ),
)

/** What the words around a name say of its type. */
export function voteByPlace({ reading, tokens }: SentenceReading, name: NameSpan, index: number): void {
  const before = tokens[name.from - 1]
  const after = tokens[name.to]
  const beforeThe = before?.lower === 'the' ? tokens[name.from - 2] : before
  const preposition = beforeThe?.tag === 'ADP' ? beforeThe.lower : ''
  if (/^(?:in|near|from|outside|around|throughout|across)$/.test(preposition) && name.type === undefined)
    voteType(reading, index, 'place', 1)
  if ((preposition === 'in' || preposition === 'from') && places.has(name.text.toLowerCase())) voteType(reading, index, 'place', 2)
  if (preposition === 'at' && name.type === undefined) voteType(reading, index, 'organisation', 1.2)
  if (preposition === 'by' && name.type === undefined && name.to - name.from > 1) voteType(reading, index, 'person', 0.8)
  if (before && workKinds.has(before.lower)) voteType(reading, index, 'work', 2)
  if (after && workKinds.has(after.lower) && name.quoted) voteType(reading, index, 'work', 2)
  if (after?.tag === 'VERB' && personVerbs.has(after.lemma) && !places.has(name.text.toLowerCase())) voteType(reading, index, 'person', 1.5)
  if (after?.lower === 'who' || (after?.text === ',' && tokens[name.to + 1]?.lower === 'who')) voteType(reading, index, 'person', 3)
  if (after?.lower === '(' && tokens[name.to + 1]?.lower === 'born') voteType(reading, index, 'person', 4)
  if (/^(?:hey|hi|hello|thanks|dear|mr|mrs|ms|dr)\.?$/.test(before?.lower ?? '')) voteType(reading, index, 'person', 3)
}
