import type { Evidence, Question } from '@graphmem/core/spec'
import type { Candidate } from '../candidate.ts'
import { compare } from './compare.ts'
import { follow } from './follow.ts'
import { openAnswer } from './open-answer.ts'
import { openCandidates } from './open-candidates.ts'
import { keyOf, type Prose, readProse } from './prose.ts'
import { type NamedQuestion, withoutNames } from './question-names.ts'
import { type Chain, type Node, readChain } from './read-chain.ts'
import { relations } from './relations.ts'

/** What documents say to a question. */
export interface ProseAnswer {
  readonly answer?: Candidate
  /** Whether the question was read as one that documents answer: then sharing words with it is no answer. */
  readonly isRead: boolean
}

/** Where one sentence, or one passage, has that share of a question's words, nothing has to be brought together: that is no question for prose. */
const inOneSentence = 0.8
const inOnePassage = 0.95

/** Questions that no name, date or number answers. */
const closed = /^(?:do|does|did|are|is|was|were|have|has|can|could|why|how (?!many|much|old))\b|#\d+,? or #\d+/i

/** Somebody asks about themselves: no document says "I". */
const ofSelf = /\b(?:I|me|my|mine|we|us|our|ours|you|your)\b/i

/**
 * Answers by documents, where they are what was found first: by comparing two, by following relations from the names in the question, else by the
 * stretch of a sentence that most speaks for. A name that no passage has is nobody's: then there is no answer.
 */
export function proseAnswer(question: Question, evidence: Evidence): ProseAnswer {
  const [first] = evidence.passages
  const prose = readProse(evidence)
  if (prose[0]?.passage !== first || first === undefined) return { isRead: false }
  const named = withoutNames(question.text, prose)
  if (ofSelf.test(named.text)) return { isRead: false }
  const chain = readChain(named)
  const compared = compare(chain, prose)
  if (compared !== undefined) return read(compared)
  const asked = askedNode(chain)
  if (asked !== undefined) return read(follow(asked, prose)[0])
  if (closed.test(chain.text)) return { isRead: false }
  if (!isKnown(named, prose)) return { isRead: true }
  const candidates = openCandidates(chain, prose)
  const isSaidAtOnce = candidates.some(({ saysOfIt }) => saysOfIt.sentence >= inOneSentence || saysOfIt.passage >= inOnePassage)
  return isSaidAtOnce ? { isRead: false } : read(openAnswer(candidates))
}

function read(answer: Candidate | undefined): ProseAnswer {
  return { ...(answer === undefined ? {} : { answer }), isRead: true }
}

/** Whether passages have all names of a question, or all words of each. */
function isKnown({ names }: NamedQuestion, prose: readonly Prose[]): boolean {
  const said = prose.map(({ about, passage }) => ` ${about.join(' ')} ${keyOf(passage.text)} `)
  return names.every((name) => {
    const key = keyOf(name)
    return said.some((text) => text.includes(` ${key} `)) || said.some((text) => key.split(' ').every((word) => text.includes(` ${word} `)))
  })
}

/** What the whole question asks for, if it is a relation to what it speaks of. */
export function askedNode({ text, nodes }: Chain): Node | undefined {
  const whole =
    /^(?:who|what|when|where|which \w+) (?:is|was|are|were|did|'s) #(\d+)\s*\??$/i.exec(text) ??
    /^(?:in |at |on )?(?:what|which) #(\d+)\s*\??$/i.exec(text)
  const node = nodes[Number(whole?.[1])]
  if (node !== undefined && !('name' in node)) return node
  const numbers = text.match(/#\d+/g) ?? []
  const of = nodes[Number(numbers[0]?.slice(1))]
  if (numbers.length !== 1 || of === undefined) return undefined
  const plain = text.replace(/#\d+/, '#')
  const relation = relations.find(({ asks }) => asks?.some((pattern) => pattern.test(plain)))
  if (relation !== undefined) return { relation, of }
  const did = /^who (?:\w+ )?(\w+) (?:the )?(?:film |song |album |book |novel |company )?#\s*\??$/i.exec(plain)?.[1]
  const doer = relations.find(({ verbs }) => did !== undefined && verbs !== undefined && new RegExp(`^(?:${verbs})$`, 'i').test(did))
  return doer === undefined ? undefined : { relation: doer, of }
}
