import type { NamedQuestion } from './question-names.ts'
import type { Relation } from './relation.ts'
import { relations } from './relations.ts'

/** What a question speaks of: a name, or what stands in a relation to something it speaks of. */
export type Node =
  | { readonly name: string }
  | { readonly relation: Relation; readonly of: Node }
  /** "The country where … is located". */
  | { readonly kind: string; readonly of: Node }

/** A question in which whatever is in a relation to a name has a number, as the name has: "Where did #1 die?" */
export interface Chain {
  readonly text: string
  readonly nodes: readonly Node[]
}

const things =
  '(?:(?:film|movie|song|album|book|novel|single|band|play|opera|show|series|magazine|company|university|school|musical|documentary|group|person|artist|character|game|city|town|country)s?\\s+)?'
const place = '(country|nation|city|town|state|province|county|region|village|district|continent|island|area|place|location)'
const nouns = relations.map(({ nouns: words }) => words).join('|')
const owned = new RegExp(`#(\\d+)['’]s? (${nouns})\\b(?!-)`, 'iu')
const ofIt = new RegExp(
  `(?<!\\b(?:first|second|third|current|former|last|next|new|opposition|main|only|oldest|youngest) )(?:\\bthe )?\\b(${nouns}) (?:of|to|for|behind|in) (?:the )?${things}#(\\d+)(?: (?:film|movie|song|album|book))?(?! or\\b)`,
  'iu',
)
const whoDid = new RegExp(
  `\\b(?:the )?(?:person|one|people|man|woman|artist|singer|author|director|writer|individual|group|band|company) (?:who|that|which) (${relations.flatMap(({ verbs }) => verbs ?? []).join('|')}) (?:the )?${things}#(\\d+)`,
  'iu',
)
const where = new RegExp(
  `\\b(?:the )?${place} (?:(?:where|in which|that|which|of which) )?(?:the )?${things}#(\\d+) (?:is|was|are|were|takes place|took place|occur|occurred|lies)(?: (?:located|situated|found|from|based|a part|part|set|held|in|considered to be located|a citizen))*(?: (?:in|of|from))?(?=[ ,?.]|$)`,
  'iu',
)
const produced = new RegExp(
  `\\b(?:the )?(country|nation) (?:that|which) (?:produced|released|made|created|published|launched|issued) (?:the )?${things}#(\\d+)`,
  'iu',
)
const ofPlace = new RegExp(
  `\\b(?:the )?${place} (?:of|containing|with|that contains|where) (?:the )?${things}#(\\d+)(?= (?!['’])|[,?.]|$)`,
  'iu',
)

/** Reads from the names outwards what stands in a known relation to them. */
export function readChain({ text, names }: NamedQuestion): Chain {
  const nodes: Node[] = names.map((name) => ({ name }))
  let read = text
  const replace = (match: RegExpExecArray, node: Node | undefined): boolean => {
    if (node === undefined) return false
    nodes.push(node)
    read = `${read.slice(0, match.index)}#${nodes.length - 1}${read.slice(match.index + match[0].length)}`
    return true
  }
  const stepped = (noun: string | undefined, of: Node | undefined): Node | undefined => {
    const relation = relations.find(({ nouns: words }) => new RegExp(`^(?:${words})$`, 'i').test(noun ?? ''))
    return relation === undefined || of === undefined ? undefined : { relation, of }
  }
  for (let rounds = 0; rounds < 8; rounds += 1) {
    const possessed = owned.exec(read)
    if (possessed !== null && replace(possessed, stepped(possessed[2], nodes[Number(possessed[1])]))) continue
    const noun = ofIt.exec(read)
    if (noun !== null && replace(noun, stepped(noun[1], nodes[Number(noun[2])]))) continue
    const doer = whoDid.exec(read)
    const did =
      doer === null
        ? undefined
        : relations.find(({ verbs }) => verbs !== undefined && new RegExp(`^(?:${verbs})$`, 'i').test(doer[1] ?? ''))
    const done = nodes[Number(doer?.[2])]
    if (doer !== null && did !== undefined && done !== undefined && replace(doer, { relation: did, of: done })) continue
    const located = where.exec(read) ?? produced.exec(read) ?? ofPlace.exec(read)
    const inside = nodes[Number(located?.[2])]
    if (located !== null && inside !== undefined && replace(located, { kind: located[1]?.toLowerCase() ?? '', of: inside })) continue
    break
  }
  return { text: read, nodes }
}
