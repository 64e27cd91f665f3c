import { namePattern as name } from './name-pattern.ts'
import { type Relation, says, who } from './relation.ts'

/** Who holds a role in something. */
export const roleRelations: readonly Relation[] = [
  'president',
  'leader',
  'chairman',
  'chief executive',
  'CEO',
  'manager',
  'head coach',
  'coach',
  'captain',
  'mayor',
  'governor',
  'prime minister',
  'keyboardist',
  'drummer',
  'guitarist',
  'bassist',
  'vocalist',
  'violinist',
  'pianist',
  'saxophonist',
  'editor',
  'publisher',
  'owner',
  'narrator',
  'host',
  'star',
].map((noun) => {
  const stem = noun.replace(/(?:m?er|ist|eer)$/, '')
  return {
    id: noun,
    nouns: noun,
    gives: 'person',
    says: says(
      `(?<a>${name})\\s*\\([^()]*\\b${stem}`,
      `\\b(?:${noun}|${noun[0]?.toUpperCase()}${noun.slice(1)})\\b,?\\s+(?:is\\s+|was\\s+)?${who}`,
      `(?<a>${name}),?\\s+(?:who\\s+)?(?:is|was|as|became)?\\s*(?:the|its|their|a)?\\s*(?:[\\p{Ll}-]+\\s+){0,3}${noun}\\b`,
    ),
  }
})
