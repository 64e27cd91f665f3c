import type { Passage } from '@graphmem/core/spec'
import { hasFile, readLines } from '../datasets.ts'
import { readPassages } from '../extraction/open-ie.ts'
import { type RecallCorpus, turnsOf } from '../recall/recall-corpus.ts'
import { extractionOfStatements, type Statement } from './extraction-of-statements.ts'
import { extractionOfTriples } from './extraction-of-triples.ts'
import { type RecordedReasoner, recordedReasoner } from './recorded-reasoner.ts'

/** A line of `locomo/facts-gpt-3.5.jsonl`. */
export interface RecordedFact extends Statement {
  readonly conversation: string
  /** Ids of the turns it came from. */
  readonly turns: readonly string[]
}

export function hasRecordings(dataset: 'musique-dev' | 'locomo'): boolean {
  return hasFile(dataset, dataset === 'locomo' ? 'facts-gpt-3.5' : 'openie-gpt-3.5')
}

/** Entities and triples that gpt-3.5-turbo-1106 extracted from the passages of MuSiQue. A passage that is cut into chunks has what is named in each. */
export async function recordedTriples(): Promise<RecordedReasoner> {
  const passages = Map.groupBy(await readPassages(), ({ title }) => title)
  return recordedReasoner('recorded-gpt-3.5-triples', ({ title = '', text }) => {
    const passage = passages.get(title)?.find((each) => each.text.includes(text))
    return passage && extractionOfTriples(passage, text)
  })
}

/** Facts that gpt-3.5 drew from a conversation of LoCoMo, each read in the turns it came from. A turn that none came from has no record. */
export async function recordedStatements(conversation: RecallCorpus): Promise<RecordedReasoner> {
  const facts = (await readLines<RecordedFact>('locomo', 'facts-gpt-3.5')).filter((fact) => fact.conversation === conversation.name)
  const records = new Map<string, readonly Statement[]>()
  for (const { id = '', name = '', content, at } of turnsOf(conversation)) {
    const own = facts.filter(({ turns }) => turns.includes(id))
    if (own.length > 0) records.set(turnKey(name, content, Number(at)), own)
  }
  return recordedReasoner('recorded-gpt-3.5-facts', (passage) => {
    const speaker = speakerName(passage)
    const statements = records.get(turnKey(speaker, passage.text, passage.at))
    return statements && extractionOfStatements(passage.text, speaker, statements)
  })
}

function speakerName({ speaker }: Passage): string {
  return typeof speaker === 'object' ? speaker.name : ''
}

/** A text alone does not do: two people may say the same, and one twice. White space around it is no part of a chunk. */
function turnKey(speaker: string, text: string, at: number | undefined): string {
  return JSON.stringify([speaker, text.trim(), at])
}
