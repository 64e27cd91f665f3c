import { type CorpusPassage, readLines } from '../datasets.ts'

/** A passage and what gpt-3.5 drew from it. */
export interface ReadPassage extends CorpusPassage {
  readonly entities: readonly string[]
  readonly triples: readonly (readonly [string, string, string])[]
  /** The half on which rules may be tuned, by a hash of the id; the other is only measured. */
  readonly half: 'tuned' | 'held out'
}

/** The MuSiQue passages with the entities and triples of a language model beside them. */
export async function readPassages(): Promise<readonly ReadPassage[]> {
  const passages = new Map((await readLines<CorpusPassage>('musique-dev', 'corpus')).map((passage) => [passage.id, passage]))
  const recorded = await readLines<{ id: string; entities: string[]; triples: string[][] }>('musique-dev', 'openie-gpt-3.5')
  return recorded.flatMap((read) => {
    const passage = passages.get(read.id)
    const triples = read.triples.filter((triple): triple is [string, string, string] => triple.length === 3)
    return passage ? [{ ...passage, entities: read.entities, triples, half: halfOf(read.id) }] : []
  })
}

/** FNV-1a: even is tuned, odd is held out. */
function halfOf(id: string): 'tuned' | 'held out' {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return ((hash ^ (hash >>> 15)) & 1) === 0 ? 'tuned' : 'held out'
}
