import type { ItsFunction } from 'wink-nlp'
import { tagger } from '../tagger.ts'

/** One word or mark of a text, as the tagger reads it. */
export interface Token {
  readonly text: string
  /** Lower case, without marks. */
  readonly word: string
  readonly lemma: string
  readonly stem: string
  /** Universal part of speech. */
  readonly pos: string
  readonly start: number
  readonly end: number
}

/** The words and marks of a text, in order, with their places in it. */
export function tokens(text: string): Token[] {
  const nlp = tagger()
  const { its } = nlp
  // The tagger knows the straight apostrophe only; both are one code unit.
  const document = nlp.readDoc(text.replaceAll('’', "'"))
  const all = document.tokens()
  const words = all.out() as string[]
  const tags = all.out(its.pos) as string[]
  const lemmas = all.out(its.lemma as ItsFunction<string>) as string[]
  const stems = all.out(its.stem as ItsFunction<string>) as string[]
  const straight = text.replaceAll('’', "'")
  const found: Token[] = []
  let from = 0
  for (const [place, word] of words.entries()) {
    const start = straight.indexOf(word, from)
    if (start < 0) continue
    from = start + word.length
    for (const token of split(word, start, tags[place] ?? 'X', lemmas[place] ?? word, stems[place] ?? word)) found.push(token)
  }
  return mended(hyphenated(found, straight))
}

/** What the tagger gets wrong often enough to matter. */
function mended(found: readonly Token[]): Token[] {
  return found.map((token, place) => {
    const before = found[place - 1]
    const next = found[place + 1]
    if (token.word === "'s" && token.pos === 'PART' && before !== undefined && next !== undefined && isVerbOf(before, next)) {
      return { ...token, pos: 'AUX', lemma: 'be' }
    }
    if (
      token.pos === 'NOUN' &&
      habits.test(token.word) &&
      (before?.pos === 'PROPN' || before?.pos === 'NOUN') &&
      next !== undefined &&
      (['ADP', 'DET', 'PROPN', 'ADV', 'PRON'].includes(next.pos) || (next.pos === 'NOUN' && next.word.endsWith('s')))
    ) {
      return { ...token, pos: 'VERB', lemma: token.word.replace(/(?<=ch)es$|ies$|s$/, (end) => (end === 'ies' ? 'y' : '')) }
    }
    // "Drove a bus", "Bought my first flat": no name stands before an article.
    const opens = before === undefined || /^[.!?]/.test(before.text)
    if (
      token.pos === 'PROPN' &&
      opens &&
      next !== undefined &&
      /^(?:a|an|the|my|our)$/.test(next.word) &&
      /(?:ed|ught|ove|ew|ent|ot|old|ade|ade|ang|an)$/.test(token.word)
    ) {
      return { ...token, pos: 'VERB', lemma: irregular.get(token.word) ?? token.word }
    }
    if (token.word === 'own' && (before?.word === "n't" || before?.pos === 'PRON') && !possessives.has(before?.word ?? ''))
      return { ...token, pos: 'VERB' }
    if (token.word === 'married' && (before?.lemma === 'get' || before?.pos === 'PRON' || before?.pos === 'PROPN'))
      return { ...token, pos: 'VERB', lemma: 'marry' }
    if (token.word === 'married') return { ...token, lemma: 'marry' }
    return token
  })
}

/** Verbs that the tagger takes for nouns after a name: "Oksana lives in". */
const habits =
  /^(?:lives|works|plays|studies|teaches|drives|runs|moves|stays|likes|loves|hates|owns|wants|trains|coaches|dances|bakes|cooks|cleans|writes|paints|manages|flies|travels|starts|leaves|turns|sings|builds|sells)$/
const possessives = new Set(['my', 'our', 'your', 'his', 'her', 'their', 'its'])

/** Whether "'s" between these stands for "is" or "has". */
function isVerbOf(before: Token, next: Token): boolean {
  if (['DET', 'ADP', 'ADV', 'NUM', 'PART', 'PRON', 'AUX'].includes(next.pos)) return true
  if (next.pos === 'VERB') return /(?:ing|ed|en|own)$/.test(next.word)
  return next.pos === 'PROPN' && before.pos !== 'PROPN'
}

/** "Mei-Ling", "ex-wife", "father-in-law": one word each. */
function hyphenated(found: readonly Token[], text: string): Token[] {
  const joined: Token[] = []
  for (let place = 0; place < found.length; place++) {
    const token = found[place]
    const before = joined.at(-1)
    const next = found[place + 1]
    if (token?.text === '-' && before?.end === token.start && next?.start === token.end && /^\p{L}/u.test(next.text)) {
      const whole = text.slice(before.start, next.end)
      const pos = before.pos === 'PROPN' || next.pos === 'PROPN' ? 'PROPN' : next.pos
      joined[joined.length - 1] = {
        text: whole,
        word: fold(whole),
        lemma: fold(whole),
        stem: fold(whole),
        pos,
        start: before.start,
        end: next.end,
      }
      place++
    } else if (token !== undefined) joined.push(token)
  }
  return joined
}

const plain = /^[ -&(-~]*$/

/** Lower case, without marks. */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase()
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase()
}

/** The tagger leaves a contraction whole now and then ("I'm" as a name); a line break it gives as a word. */
function split(text: string, start: number, pos: string, lemma: string, stem: string): Token[] {
  if (text.trim() === '') return []
  const contraction = /^(\p{L}+)('(?:m|s|re|ve|ll|d))$/iu.exec(text)
  if (contraction === null) {
    const word = fold(text)
    return [{ text, word, lemma: irregular.get(word) ?? fold(lemma), stem: fold(stem), pos, start, end: start + text.length }]
  }
  const [, head = '', tail = ''] = contraction
  const word = fold(head)
  const isPronoun = /^(i|you|he|she|it|we|they|that|there|who|what)$/.test(word)
  return [
    { text: head, word, lemma: word, stem: word, pos: isPronoun ? 'PRON' : pos, start, end: start + head.length },
    {
      text: tail,
      word: fold(tail),
      lemma: auxiliaries[fold(tail)] ?? 'be',
      stem: fold(tail),
      pos: 'AUX',
      start: start + head.length,
      end: start + text.length,
    },
  ]
}

const auxiliaries: Readonly<Record<string, string>> = { "'ve": 'have', "'ll": 'will', "'d": 'would' }

/** Forms that the tagger's lemmas miss in some readings. */
const irregular = new Map([
  ['born', 'bear'],
  ['gonna', 'go'],
  ['wanna', 'want'],
  ['met', 'meet'],
  ['left', 'leave'],
  ['felt', 'feel'],
  ['wed', 'wed'],
  ['drove', 'drive'],
  ['got', 'get'],
  ['bought', 'buy'],
  ['went', 'go'],
  ['sold', 'sell'],
  ['kids', 'kid'],
  ['children', 'child'],
])
