import type { Token } from './read-text.ts'

/** A verb with its auxiliaries, what it is chained to, and its particle. */
export interface VerbGroup {
  readonly kind: 'verb'
  readonly from: number
  readonly to: number
  /** The main verb's base form, with a particle that belongs to it: `grow_up`. */
  readonly lemma: string
  /** The verbs before it in a chain: `want` in "want to buy". */
  readonly chain: readonly string[]
  readonly tense: 'past' | 'present' | 'future'
  /** "would", "might", "if I had". */
  readonly hypothetical: boolean
  readonly negated: boolean
  readonly passive: boolean
  readonly perfect: boolean
  /** "used to": no longer so. */
  readonly former: boolean
  readonly form: 'finite' | 'ing' | 'participle' | 'base'
}

const particles = new Set(
  'grow up|give up|set up|pass away|break up|pick up|wake up|end up|sign up|take up|show up|meet up|come back|come out|go back|move in|move out|move back|find out|work out|hang out|check out|try out|put up|take over|take off|drop off|drop out|pack in|split up|sell out|run out|open up|catch up|make up|bring up|start out|start up|build up|clean up|call off|turn out|turn down|carry on|do up|kick off|log in|look up|fill up|go out|stay up|make out'.split(
    '|',
  ),
)
const catenatives = new Set(
  'want like love hope plan start begin stop try decide need have use keep finish manage continue learn intend expect wish hate enjoy get be go agree choose fail help want prefer consider seem appear tend come'.split(
    ' ',
  ),
)

export function readVerbGroup(tokens: readonly Token[], start: number, isTaken: (index: number) => boolean): VerbGroup | undefined {
  const verbs: Token[] = []
  const first = tokens[start] as Token
  if (first.tag !== 'AUX' && first.tag !== 'VERB') return undefined
  let negated = false
  let never = false
  let infinitive = false
  const chainEnds: number[] = []
  let index = start
  let end = start
  while (index < tokens.length && !isTaken(index)) {
    const token = tokens[index] as Token
    if (token.tag === 'AUX' || token.tag === 'VERB') {
      const previous = verbs.at(-1)
      if (previous && !continues(previous, token, infinitive)) break
      if (previous && (infinitive || (previous.tag === 'VERB' && token.tag === 'VERB'))) chainEnds.push(verbs.length)
      verbs.push(token)
      infinitive = false
      end = index + 1
    } else if (/^(?:not|n't|n’t)$/.test(token.lower)) {
      negated = true
      end = Math.max(end, index)
    } else if (
      token.lower === 'to' &&
      tokens[index + 1] &&
      (tokens[index + 1]?.tag === 'VERB' || tokens[index + 1]?.tag === 'AUX') &&
      catenatives.has(verbs.at(-1)?.lemma ?? '')
    ) {
      infinitive = true
    } else if (
      token.tag === 'ADV' &&
      verbs.length > 0 &&
      [tokens[index + 1], tokens[index + 2]].some((next) => next?.tag === 'VERB' || next?.tag === 'AUX' || next?.lower === "n't")
    ) {
      if (token.lower === 'never' || token.lower === 'hardly') never = true
    } else break
    index++
  }
  const before = tokens[start - 1]?.lower
  if (before === 'never' || before === 'not') negated = true
  return group(tokens, verbs, chainEnds, start, Math.max(end, start + 1), negated || never)
}

/** Whether two verbs side by side are one group: "have been", "stopped working". */
function continues(previous: Token, token: Token, infinitive: boolean): boolean {
  if (infinitive || previous.tag === 'AUX') return true
  if (/ing$/.test(token.lower)) return catenatives.has(previous.lemma)
  return previous.lemma === 'get' || previous.lemma === 'help' || previous.lemma === 'have' || previous.lemma === 'go'
}

function group(
  tokens: readonly Token[],
  verbs: readonly Token[],
  chainEnds: readonly number[],
  from: number,
  end: number,
  negated: boolean,
): VerbGroup | undefined {
  const main = verbs.at(-1)
  const head = verbs[0]
  if (!main || !head) return undefined
  const words = verbs.map((verb) => verb.lower)
  const lemmas = verbs.map((verb) => (verb.lower === "'s" || verb.lower === "'d" ? verb.lower : verb.lemma))
  const before = lemmas.at(-2) ?? ''
  const participle = isParticiple(main)
  const beBefore = lemmas
    .slice(0, -1)
    .some((lemma) => lemma === 'be' || lemma === 'get' || (lemma === "'s" && participle && words.length === 2))
  const particle = tokens[end]
  const phrasal = particle !== undefined && particles.has(`${main.lemma} ${particle.lower}`)
  const going = lemmas[0] !== undefined && words.includes('going') && main.lower !== 'going'
  const noLonger = tokens[from - 1]?.lower === 'longer' && tokens[from - 2]?.lower === 'no'
  const former = noLonger || head.lower === 'used' || (words[0] === "'d" && words[1] === 'used')
  const chain = chainEnds.map((at) => lemmas[at - 1] ?? '').filter((lemma) => !/^(?:be|have|do|use|get|'s|go)$/.test(lemma))
  return {
    kind: 'verb',
    from,
    to: phrasal ? end + 1 : end,
    lemma: `${main.lower === "'s" ? 'be' : main.lower === "'d" ? 'have' : main.lemma}${phrasal ? `_${particle.lower}` : ''}`,
    chain,
    tense: tenseOf(head, words, going, former),
    hypothetical: /^(?:would|could|might|should|may|must)$/.test(words[0] ?? '') && main !== head,
    negated: negated || words[0] === 'ca',
    passive: beBefore && participle && !/^(?:have|'ve)$/.test(before) && !(lemmas.includes('be') && /ing$/.test(main.lower)),
    perfect: words.slice(0, -1).some((word) => /^(?:have|has|had|'ve)$/.test(word)),
    former,
    form:
      verbs.length > 1 || main.tag === 'AUX'
        ? /^(?:am|is|are|was|were|have|has|had|do|does|did|will|would|can|could|should|might|may|must|'.*|ca|wo)$/.test(words[0] ?? '')
          ? 'finite'
          : formOf(head)
        : formOf(main),
  }
}

function tenseOf(head: Token, words: readonly string[], going: boolean, former: boolean): 'past' | 'present' | 'future' {
  if (former) return 'past'
  if (/^(?:will|'ll|shall|wo)$/.test(words[0] ?? '') || going || words[0] === 'gonna') return 'future'
  if (/^(?:was|were|had|did|'d|got)$/.test(words[0] ?? '')) return words[0] === 'got' && words.length > 1 ? 'present' : 'past'
  return formOf(head) === 'participle' ? 'past' : 'present'
}

function formOf(verb: Token): 'finite' | 'ing' | 'participle' | 'base' {
  if (/ing$/.test(verb.lower) && verb.lemma !== verb.lower) return 'ing'
  if (isParticiple(verb)) return 'participle'
  return verb.lemma === verb.lower ? 'base' : 'finite'
}

/** A past form: a finite past or a participle, which English seldom tells apart. */
function isParticiple(verb: Token): boolean {
  if (/^(?:am|is|are|has|does|ca|can|could|will|wo|would|should|shall|may|might|must|'.*)$/.test(verb.lower)) return false
  if (/^(?:put|set|cut|read|hit|quit|become|come|run)$/.test(verb.lower)) return true
  return verb.lemma !== verb.lower && !/(?:ing|[^aeiou]s|[aeiu]s)$/.test(verb.lower)
}
