import { fold, type Token } from './tokens.ts'

const notNames = new Set(
  `i monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
  ok okay yes no hi hey hello thanks wow lol omg btw hiii yeah yep haha yesterday today tomorrow tonight mum mom dad amma appa grandpa grandma granny nana gran mama papa auntie uncle aunt mother father`.split(
    /\s+/,
  ),
)

/** Whether a token is, or is part of, a proper name; a capital at the start of a sentence is not enough. */
export function isName(tokens: readonly Token[], place: number): boolean {
  const token = tokens[place]
  if (token === undefined || !/^\p{Lu}/u.test(token.text) || notNames.has(token.word)) return false
  if (token.pos === 'PROPN') return true
  if (!['NOUN', 'VERB', 'ADJ', 'ADV', 'X', 'ADP', 'INTJ'].includes(token.pos)) return false
  const before = tokens[place - 1]
  return before !== undefined && !/^[.!?"“(]$/.test(before.text)
}

export interface NameRun {
  /** First token and the one after the last. */
  readonly from: number
  readonly until: number
  readonly text: string
}

const joiners = new Set([
  'de',
  'da',
  'do',
  'dos',
  'di',
  'del',
  'della',
  'la',
  'le',
  'el',
  'van',
  'von',
  'der',
  'den',
  'of',
  'the',
  '&',
  'bin',
  'al',
])

/** The whole name that starts at a token, with its small joining words: "Hospital de São João". */
export function nameAt(tokens: readonly Token[], from: number, text: string): NameRun | undefined {
  if (!isName(tokens, from)) return undefined
  let until = from + 1
  for (;;) {
    if (isName(tokens, until) || (tokens[until]?.pos === 'NUM' && isName(tokens, until - 1) && tokens[until]?.text.length === 1)) until++
    else {
      let after = until
      // "St Mary's Primary"
      if (tokens[after]?.word === "'s" && /^(?:st|saint|king|queen|women|men|children)$/.test(tokens[from]?.word ?? '')) after++
      while (joiners.has(tokens[after]?.text ?? '') && after - until < 2) after++
      if (after > until && isName(tokens, after)) until = after + 1
      else break
    }
  }
  const [first, last] = [tokens[from], tokens[until - 1]]
  if (first === undefined || last === undefined) return undefined
  return { from, until, text: text.slice(first.start, last.end) }
}

/** All names of a text, left to right. */
export function namesIn(tokens: readonly Token[], text: string): NameRun[] {
  const runs: NameRun[] = []
  for (let place = 0; place < tokens.length; place++) {
    const run = nameAt(tokens, place, text)
    if (run === undefined) continue
    runs.push(run)
    place = run.until - 1
  }
  return runs
}

/** Whether two folded names may mean one bearer: equal, or one of them the first or last words of the other. */
export function sameName(a: string, b: string): boolean {
  if (a === b) return a !== ''
  const [long, short] = a.length > b.length ? [a, b] : [b, a]
  return short.length > 1 && (long.startsWith(`${short} `) || long.endsWith(` ${short}`))
}

export { fold }
