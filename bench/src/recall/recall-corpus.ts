import type { DocumentInput, IngestInput, TurnInput } from '@graphmem/core'
import { type CorpusPassage, type CorpusTurn, type DatasetQuery, readLines } from '../datasets.ts'

/** What goes into one memory, the same as plain texts for the baseline, and what is asked of it. */
export interface RecallCorpus {
  readonly name: string
  readonly input: IngestInput
  readonly texts: readonly { readonly id: string; readonly text: string }[]
  /** Those with evidence. */
  readonly queries: readonly DatasetQuery[]
}

/** A dataset of titled passages: one memory. */
export async function passageCorpus(dataset: string): Promise<RecallCorpus> {
  const passages = await readLines<CorpusPassage>(dataset, 'corpus')
  const queries = await readLines<DatasetQuery>(dataset, 'queries')
  return {
    name: dataset,
    input: { documents: passages.map(({ id, title, text }) => ({ id, title, text })) },
    texts: passages.map(({ id, title, text }) => ({ id, text: `${title}. ${text}` })),
    queries: queries.filter((query) => query.gold.length > 0),
  }
}

/** Several datasets of titled passages in one memory. Ids have the dataset's name before them. */
export async function joinedCorpus(datasets: readonly string[]): Promise<RecallCorpus> {
  const corpora = await Promise.all(datasets.map(passageCorpus))
  const idIn = (corpus: RecallCorpus, id: string) => `${corpus.name} ${id}`
  return {
    name: datasets.join(' and '),
    input: {
      documents: corpora.flatMap((corpus) => documentsOf(corpus).map((each) => ({ ...each, id: idIn(corpus, each.id ?? '') }))),
    },
    texts: corpora.flatMap((corpus) => corpus.texts.map(({ id, text }) => ({ id: idIn(corpus, id), text }))),
    queries: corpora.flatMap((corpus) =>
      corpus.queries.map((query) => ({ ...query, id: idIn(corpus, query.id), gold: query.gold.map((id) => idIn(corpus, id)) })),
    ),
  }
}

/** The same passages without their titles, for the baseline too: a name is known only where a text says it. */
export function withoutTitles(corpus: RecallCorpus): RecallCorpus {
  const documents = documentsOf(corpus).map(({ title: _title, ...rest }) => rest)
  return {
    ...corpus,
    name: `${corpus.name} untitled`,
    input: { documents },
    texts: documents.map(({ id, text }) => ({ id: id ?? '', text })),
  }
}

export function documentsOf({ input }: RecallCorpus): readonly DocumentInput[] {
  return typeof input === 'object' && 'documents' in input ? input.documents : []
}

export function turnsOf({ input }: RecallCorpus): readonly TurnInput[] {
  return typeof input === 'object' && 'turns' in input ? input.turns : []
}

/** LoCoMo: a memory for each conversation. */
export async function conversationCorpora(): Promise<readonly RecallCorpus[]> {
  const turns = await readLines<CorpusTurn>('locomo', 'corpus')
  const queries = await readLines<DatasetQuery>('locomo', 'queries')
  return Array.from(new Set(turns.map((turn) => turn.conversation)), (name) => {
    const own = turns.filter((turn) => turn.conversation === name)
    return {
      name,
      input: { turns: own.map(turnInput) },
      texts: own.map((turn) => ({ id: turn.id, text: `${turn.speaker}: ${spokenText(turn)}` })),
      queries: queries.filter((query) => query.conversation === name && query.gold.length > 0),
    }
  })
}

function turnInput(turn: CorpusTurn): TurnInput {
  return {
    id: turn.id,
    name: turn.speaker,
    content: spokenText(turn),
    session: `session ${turn.session}`,
    sequence: Number(turn.id.split(':')[1]),
    at: spokenAt(turn.date),
  }
}

function spokenText(turn: CorpusTurn): string {
  return turn.caption === undefined ? turn.text : `${turn.text} ${turn.caption}`
}

/** "1:56 pm on 8 May, 2023" as a moment; the zone is not said, and is taken as UTC. */
function spokenAt(date: string): Date {
  const [time, day] = date.split(' on ')
  return new Date(`${day} ${time} UTC`)
}
