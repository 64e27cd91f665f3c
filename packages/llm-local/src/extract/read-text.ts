import type { TextSpan } from '@graphmem/core/spec'
import model from 'wink-eng-lite-web-model'
import winkNLP, { type PartOfSpeech, type WinkMethods } from 'wink-nlp'
import { verbLemma } from './lemma.ts'

/** A word or mark of a sentence. */
export interface Token extends TextSpan {
  readonly text: string
  readonly lower: string
  /** The base form of a verb; of another word as the language model has it. */
  readonly lemma: string
  readonly tag: PartOfSpeech
  /** Whether white space, or nothing, stands before it. */
  readonly spaced: boolean
}

/** A sentence and its tokens. */
export interface Sentence {
  readonly span: TextSpan
  readonly tokens: readonly Token[]
}

/** A line below this length was ended on purpose; a longer one may be wrapped. */
const shortLine = 60

let loaded: WinkMethods | undefined

/** Cuts a text into sentences and tagged tokens. The language model is loaded at the first call and kept. */
export function readText(text: string): Sentence[] {
  loaded ??= winkNLP(model, ['sbd', 'pos'])
  const document = loaded.readDoc(text)
  const values = document.tokens().out() as string[]
  const tags = document.tokens().out(loaded.its.pos as unknown as typeof loaded.its.value) as PartOfSpeech[]
  const lemmas = document.tokens().out(loaded.its.lemma as unknown as typeof loaded.its.value) as string[]
  const ends = new Set((document.sentences().out(loaded.its.span) as unknown as [number, number][]).map(([, end]) => end))
  const sentences: Sentence[] = []
  let tokens: Token[] = []
  let cursor = 0
  let lineStart = 0
  for (const [index, value] of values.entries()) {
    const tag = tags[index] ?? 'X'
    if (tag === 'SPACE') {
      const end = tokens.at(-1)?.end ?? 0
      if (/\n\s*\n/.test(value) || (value.includes('\n') && end - lineStart < shortLine)) tokens = endSentence(sentences, tokens)
      if (value.includes('\n')) lineStart = end
    } else {
      const start = text.indexOf(value, cursor)
      if (start < 0) continue
      for (const part of splitToken(value, tag)) {
        const begin = start + part.offset
        tokens.push({
          text: part.text,
          lower: lowered(part.text),
          lemma: verbLemma(lowered(part.text), lemmas[index] ?? ''),
          tag: part.tag,
          spaced: begin === 0 || /\s/.test(text[begin - 1] ?? ' '),
          start: begin,
          end: begin + part.text.length,
        })
      }
      cursor = start + value.length
    }
    if (ends.has(index)) tokens = endSentence(sentences, tokens)
  }
  endSentence(sentences, tokens)
  return sentences
}

function lowered(text: string): string {
  return text.toLowerCase().replaceAll('’', "'")
}

function endSentence(sentences: Sentence[], tokens: Token[]): Token[] {
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first && last) sentences.push({ span: { start: first.start, end: last.end }, tokens: retag(tokens) })
  return []
}

const clitic = /^(\p{L}+)(['’](?:m|re|ve|ll|d|s)|n['’]t)$/iu

/** "I'm" comes from the tokenizer as one. */
function splitToken(text: string, tag: PartOfSpeech): { text: string; tag: PartOfSpeech; offset: number }[] {
  const parts = clitic.exec(text)
  const [, word, end] = parts ?? []
  if (word === undefined || end === undefined) {
    if (/^im$/i.test(text)) {
      return [
        { text: text.slice(0, 1), tag: 'PRON', offset: 0 },
        { text: text.slice(1), tag: 'AUX', offset: 1 },
      ]
    }
    return [{ text, tag, offset: 0 }]
  }
  return [
    { text: word, tag: pronouns.has(word.toLowerCase()) ? 'PRON' : tag, offset: 0 },
    { text: end, tag: /^n/i.test(end) ? 'PART' : 'AUX', offset: word.length },
  ]
}

const pronouns = new Set(['i', 'you', 'he', 'she', 'it', 'we', 'they', 'who', 'that', 'there', 'what', 'here'])
const auxiliaries = new Set("am is are was were be been being 's 'm 're 've 'd 'll".split(' '))
const determiners = new Set('a an the my your his her its our their this these some any every each no another'.split(' '))
const adverbs = new Set('now then today yesterday tomorrow still also just really never always usually currently recently actually already finally'.split(' '))

/** Mends what the tagger gets wrong often enough to matter. */
function retag(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) => {
    const tag = mendedTag(token, tokens[index - 1], tokens[index + 1], tokens[index + 2])
    return tag === token.tag ? token : { ...token, tag }
  })
}

function mendedTag(token: Token, before: Token | undefined, after: Token | undefined, second: Token | undefined): PartOfSpeech {
  const { lower, tag } = token
  if (lower === 'i') return 'PRON'
  if (lower === "'s") return possessive(before, after, second) ? 'PART' : 'AUX'
  if (auxiliaries.has(lower)) return 'AUX'
  if (lower === 'gonna' || lower === 'wanna' || lower === 'gotta') return 'AUX'
  if (adverbs.has(lower) && tag !== 'PROPN') return 'ADV'
  if (before?.tag === 'PRON' && subjectPronouns.has(before.lower) && tag === 'NOUN' && token.text === lower) return 'VERB'
  if (tag === 'VERB' && before && determiners.has(before.lower) && /(?:ing|ed)$/.test(lower)) return after?.tag === 'NOUN' || after?.tag === 'PROPN' ? 'ADJ' : 'NOUN'
  return tag
}

const subjectPronouns = new Set(['i', 'we', 'he', 'she', 'they', 'you'])

/** Whether "'s" owns what follows, rather than stand for "is" or "has". */
function possessive(before: Token | undefined, after: Token | undefined, second: Token | undefined): boolean {
  if (!before || !after) return true
  if (before.tag === 'PRON' || before.tag === 'ADV' || pronouns.has(before.lower)) return false
  if (determiners.has(after.lower) || ['ADP', 'ADV', 'PART', 'PUNCT'].includes(after.tag)) return false
  if (after.tag === 'VERB') return second?.tag === 'NOUN' && !/ing$/.test(after.lower)
  return true
}
