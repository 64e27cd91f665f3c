import { bestMatch } from './match.ts'
import type { Phrase } from './phrase.ts'
import type { QuestionReading } from './read-question.ts'
import type { Statement } from './statements.ts'

const numberWord =
  /^(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|hundred|dozen|both|twins|couple|several|single|once|twice)$/

/** How many there are of what the question counts. */
export function numberOf(question: QuestionReading, sentence: readonly Statement[]): Phrase | undefined {
  const noun = question.terms.find((term) => term.kind === 'noun' || term.kind === 'type')
  for (const statement of sentence) {
    const at = noun === undefined ? -1 : bestMatch(noun, statement.tokens).at
    const places = [...statement.tokens.keys()].filter(
      (place) => numberWord.test(statement.tokens[place]?.word ?? '') && !/^(19|20)\d\d$/.test(statement.tokens[place]?.word ?? ''),
    )
    const chosen = places.sort((a, b) => Math.abs(at - a) + (a > at ? 2 : 0) - Math.abs(at - b) - (b > at ? 2 : 0))[0]
    const token = chosen === undefined ? undefined : statement.tokens[chosen]
    if (token !== undefined && (at < 0 || Math.abs(at - (chosen ?? 0)) < 6)) return { text: token.text, fit: 1 }
    if (at > 0 && /^(a|an|no)$/.test(statement.tokens[at - 1]?.word ?? ''))
      return { text: statement.tokens[at - 1]?.word === 'no' ? 'none' : 'one', fit: 0.7 }
  }
  return undefined
}

/** How old somebody is. */
export function ageOf(sentence: readonly Statement[]): Phrase | undefined {
  for (const { passage, start, end } of sentence) {
    const text = passage.text.slice(start, end)
    const match =
      /(?:\b(?:am|is|are|was|turn(?:s|ed|ing)?|aged?|just)|['’](?:m|s|re))\s+(?:now |only |already |just |about |almost |nearly )?(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)\b(?!\s*(?:%|percent|of|km|miles|times|hours))/i.exec(
        text,
      ) ?? /\b(\d{1,3}|\w+)[- ](?:year|month)s?[- ]old\b/i.exec(text)
    if (match?.[1] !== undefined) return { text: match[1], fit: 1 }
  }
  return undefined
}

/** How long or how often something goes on. */
export function durationOf(sentence: readonly Statement[]): Phrase | undefined {
  for (const { passage, start, end } of sentence) {
    const text = passage.text.slice(start, end)
    const match =
      /\b(?:(?:for|about|over|almost|nearly|around)\s+)*(?:(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|few|couple of|several|many|some)[\s-]+)+(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b/i.exec(
        text,
      ) ??
      /\b(?:since\s+(?:\p{Lu}?\p{Ll}+\s+)?(?:\d{4}|\p{L}+)|every\s+\p{L}+|(?:once|twice|three times)\s+(?:a|every|per)\s+\p{L}+|daily|weekly|monthly|yearly|every so often|all the time)\b/iu.exec(
        text,
      )
    if (match !== null) return { text: match[0], fit: 1 }
  }
  return undefined
}
