import type { DocumentInput, IngestInput, TurnInput } from '@graphmem/core'
import type { InventedSentence } from '../invented-text.ts'

/** Something to be remembered, as the library takes it and as it is sent. */
export interface IngestRequest {
  readonly memoryId: string
  readonly input: IngestInput
  readonly contentType: string
  readonly body: string
  /** The text of each of its episodes: no two of a run have the same, and so they are known by it. */
  readonly texts: readonly string[]
}

/** A request for something to be remembered, in a form by chance. */
export type RequestMaker = (forms: readonly RequestForm[]) => IngestRequest

export type RequestForm =
  | 'text'
  | 'text without an id'
  | 'text without an id or time'
  | 'turns'
  | 'turns without a place or time'
  | 'documents'
  | 'lines'

const forms: Readonly<Record<RequestForm, (material: Material) => Pick<IngestRequest, 'input' | 'contentType' | 'body'>>> = {
  text: ({ sentence, id, at }: Material) => jsonOf({ id: id(), at: at(), text: sentence() }),
  'text without an id': ({ sentence, at }: Material) => jsonOf({ at: at(), text: sentence() }),
  'text without an id or time': ({ sentence }: Material) => {
    const text = sentence()
    return { input: { text }, contentType: 'text/plain', body: text }
  },
  turns: (material: Material) =>
    jsonOf({ session: material.id(), turns: turnsOf(material).map((turn, sequence) => ({ ...turn, sequence })) }),
  'turns without a place or time': (material: Material) => jsonOf({ session: material.id(), turns: turnsOf(material) }),
  documents: (material: Material) => jsonOf({ documents: documentsOf(material) }),
  lines: (material: Material) => {
    const documents = documentsOf(material)
    return { input: { documents }, contentType: 'application/x-ndjson', body: documents.map((each) => JSON.stringify(each)).join('\n') }
  },
}

export const allForms: readonly RequestForm[] = Object.keys(forms) as readonly RequestForm[]

/** Forms that are the same episodes however often they are sent. The others are said when the server is asked. */
export const identifiedForms: readonly RequestForm[] = allForms.filter((form) => !form.endsWith('or time'))

/** What requests are made of. */
interface Material {
  readonly sentence: () => string
  readonly id: () => string
  readonly at: () => string
  readonly count: number
}

/** Makes requests without end, for the memories of one user, from sentences that nobody else is given. */
export function requestMaker(sentences: Iterator<InventedSentence, never>, random: () => number): RequestMaker {
  let made = 0
  const number = () => (made += 1)
  return (among) => {
    const form = among[Math.floor(random() * among.length)] ?? 'text'
    const { input, ...sent } = forms[form]({
      sentence: () => sentences.next().value.text,
      id: () => `id ${number()}`,
      at: () => new Date(Date.UTC(2024, 0, 1) + number() * 3_600_000).toISOString(),
      count: 2 + Math.floor(random() * 4),
    })
    return { memoryId: random() < 0.8 ? 'default' : 'notes', input, ...sent, texts: textsOf(input) }
  }
}

function jsonOf(input: IngestInput): Pick<IngestRequest, 'input' | 'contentType' | 'body'> {
  return { input, contentType: 'application/json', body: JSON.stringify(input) }
}

function documentsOf({ sentence, id, at, count }: Material): readonly DocumentInput[] {
  return Array.from({ length: count }, () => ({ id: id(), at: at(), text: `${sentence()} ${sentence()}` }))
}

function turnsOf({ sentence, count }: Material): readonly TurnInput[] {
  return Array.from({ length: count }, () => ({ content: sentence() }))
}

function textsOf(input: IngestInput): readonly string[] {
  if (typeof input === 'string') return [input]
  if ('turns' in input) return input.turns.map(({ content }) => content)
  return 'documents' in input ? input.documents.map(({ text }) => text) : [input.text]
}

/**
 * The same input with some of its episodes only; `undefined` when none is left.
 *
 * @param keptAt the time at which an episode was said, by its text; `undefined` for one that is to be left out
 */
export function inputOf({ input }: IngestRequest, keptAt: (text: string) => { readonly at?: Date } | undefined): IngestInput | undefined {
  if (typeof input === 'string') return undefined
  const only = <T>(each: T, text: string): readonly T[] => {
    const kept = keptAt(text)
    return kept === undefined ? [] : [{ ...each, ...kept }]
  }
  if ('documents' in input) {
    const documents = input.documents.flatMap((each) => only(each, each.text))
    return documents.length === 0 ? undefined : { documents }
  }
  if ('turns' in input) {
    // A place in the session is a part of what a turn is.
    const turns = input.turns.flatMap((turn, sequence) => only({ ...turn, sequence }, turn.content))
    return turns.length === 0 ? undefined : { ...input, turns }
  }
  return only(input, input.text)[0]
}
