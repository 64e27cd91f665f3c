import { datesIn } from './dates.ts'
import type { Frame } from './frames.ts'
import type { Statement } from './statements.ts'

/** One answer that a clause gives. */
export interface Hit {
  readonly text: string
  readonly statement: Statement
  readonly past: boolean
  readonly future: boolean
  /** The place of the pattern that matched: the first say it best. */
  readonly pattern: number
}

/** The place of what a habit tells: after all patterns. */
export const habitPattern = 50

/** Every answer that a clause gives to a frame. */
export function hitsOf(frame: Frame, statement: Statement): Hit[] {
  const sentence = statement.passage.sentences[statement.sentence]
  const end = sentence?.end ?? statement.end
  const text = statement.passage.text.slice(statement.start, Math.max(end, statement.end))
  const length = statement.end - statement.start
  const hits: Hit[] = []
  if (frame.dated === true) {
    const birth = /\b(?:had|gave birth to|welcomed)\b[^.!?]*\b(?:baby|boy|girl|son|daughter|twins?)\b/i.test(text)
    for (const pattern of frame.says()) {
      const found = text.search(pattern)
      const at = found < 0 && birth ? 0 : found
      if (at < 0 || at >= length) continue
      const whole = datesIn(statement.passage.text, statement.passage.at).filter(
        (each) => each.start >= (sentence?.start ?? 0) && each.end <= end,
      )
      const date = whole.find((each) => each.start >= statement.start) ?? whole[0]
      if (date !== undefined) hits.push({ text: date.text, statement, past: false, future: false, pattern: 0 })
    }
    return hits
  }
  const clause = text.slice(0, length)
  if (frame.hasHabits === true) hits.push(...habitOf(statement))
  for (const [place, pattern] of frame.says().entries()) {
    for (const match of text.matchAll(pattern)) {
      const { a: answer, p: left } = match.groups ?? {}
      if (answer === undefined || match.index >= length) continue
      const from = text.indexOf(answer, match.index)
      if (
        /\b(?:not|n['’]t|never|no longer)\s*(?:\S+\s+){0,2}$/i.test(text.slice(0, match.index + 1)) &&
        frame.id !== 'allergy' &&
        frame.id !== 'dislike'
      )
        continue
      const plain = trim(answer)
      if (plain === '' || frame.refuses?.test(plain) === true || (frame.accepts !== undefined && place !== 0 && !frame.accepts(plain)))
        continue
      const before = text.slice(0, from)
      hits.push({
        text: plain,
        statement,
        past:
          frame.lasting !== true &&
          (left !== undefined ||
            isPast(`${clause} ${before}`) ||
            /^\s*,?\s*when (?:i|we|he|she|they) (?:was|were)\b/i.test(text.slice(from + answer.length))),
        future: /\b(?:will|going to|gonna|want|hope|plan|dream|if)\b/i.test(clause),
        pattern: place,
      })
    }
  }
  return hits
}

const pastWords =
  /\b(?:used to|was|were|worked|lived|stayed|spent|resigned|quit|former|formerly|ex|previously|retired from|laid off|fired|until|took (?:early )?retirement|when (?:i|we|he|she|they) (?:was|were)|taught|owned|drove)\b/i
const stillGoing = /\b(?:have|has)\b|['’]ve|since/i

function isPast(text: string): boolean {
  return pastWords.test(text) && !(stillGoing.test(text) && !/\b(?:resigned|left|quit|retired|laid off|used to)\b/i.test(text))
}

function trim(text: string): string {
  return text
    .replace(/[’']s$/u, '')
    .replace(/^(?:a|an|the|my|our|his|her|their)\s+(?=\S)/iu, (article) => (/^the\s/i.test(article) ? article : ''))
    .replace(/[.,;:!?'’-]+$/u, '')
    .trim()
}

const work =
  /^(?:repair|teach|drive|fix|build|sell|manage|farm|deliver|train|coach|edit|direct|install|research|nurse|practise|code|program|lecture|tend|drove|taught|built|sold|fixed|repaired|managed|farmed|delivered|trained|coached)e?s?$/
const business = /^(?:own|run|lead|owned|ran|led)s?$/
const craft =
  /^(?:bake|design|cook|clean|paint|write|breed|grow|make|produce|fly|fish|weave|carve|restore|import|export|sing|act|dance|photograph|study|baked|cooked|cleaned|wrote|made|flew|fished)e?s?$/
const over =
  /^(?:drove|taught|ran|built|baked|sold|fixed|repaired|managed|farmed|cooked|cleaned|delivered|trained|coached|wrote|made|fished|flew|owned|led)$/

/** What somebody does as a rule tells their work where nothing says what they are: "He repairs trams", "She runs a flower shop". */
function habitOf(statement: Statement): Hit[] {
  if (statement.ofThing) return []
  const text = statement.passage.text.slice(statement.start, statement.end)
  const forLiving = /\b(?:for a living|for work|professionally|all day)\b/i.test(text)
  const at = statement.tokens.findIndex((token, place) => {
    if (token.pos !== 'VERB' || place > 5 || /^(?:to|will|would|ca|can|could|wo|do|n't|not)$/.test(statement.tokens[place - 1]?.word ?? ''))
      return false
    const next = statement.tokens[place + 1]?.word ?? ''
    return (
      work.test(token.word) ||
      (business.test(token.word) && /^(?:a|an|the|my|our|his|her|their)$/.test(next)) ||
      (forLiving && craft.test(token.word))
    )
  })
  const verb = statement.tokens[at]
  if (verb === undefined) return []
  return [
    {
      text: trim(statement.passage.text.slice(verb.start, statement.end)),
      statement,
      past: over.test(verb.word),
      future: false,
      pattern: habitPattern,
    },
  ]
}
