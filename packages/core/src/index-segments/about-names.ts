import { nameKey } from '../analysis/name-key.ts'

const lead =
  /^(?:Sir |Dame |The |An? |"|'')?((?:[\p{Lu}"][\p{L}\p{M}\p{N}.'’"-]*|of|the|de|la|van|von|di|da|del|al|bin|and|&)(?:\s+(?:[\p{Lu}"(][\p{L}\p{M}\p{N}.'’"-]*|of|the|de|la|van|von|di|da|del|al|bin|and|&)){1,7})/u
const otherNames =
  /(?:known (?:professionally |simply |internationally |mononymously |popularly |commonly )?as|stage name|born|née|called|titled|nicknamed|abbreviated(?: as)?|released as|:)\s*(?:the\s+)?["“'']*\s?((?:\p{Lu}[\p{L}\p{M}\p{N}.'’-]*)(?:\s+(?:\p{Lu}[\p{L}\p{M}\p{N}.'’-]*|of|the|de|la|van|von|di|da|del)){0,6})/gu

const defined =
  /^["“'']*((?:The |An? )?\p{Lu}[\p{L}\p{M}\p{N}.'’&-]*(?:\s+(?:[\p{Lu}\p{N}][\p{L}\p{M}\p{N}.'’&:-]*|of|the|de|la|van|von|di|da|del|al|bin|and|in|on|for|to|a|&)){0,9})["”'']*,?\s*(?:\([^)]*\)|,[^,]{1,60},)?,?\s+(?:is|was|are|were)\s/u

/**
 * The name that a passage without a title defines in its first sentence, if it does: "Ada Lovelace (1815 – 1852) was", as surely as 2; and other
 * names that sentence gives itself 1.
 */
export function definedNames(firstSentence: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  const key = nameKey(defined.exec(firstSentence)?.[1] ?? '')
  if (key === '' || pronouns.has(key)) return names
  names.set(key, 2)
  const bare = key.replace(/^(?:the|an?) /, '')
  if (bare !== key && bare.includes(' ')) names.set(bare, 2)
  for (const [, name] of firstSentence.matchAll(otherNames)) {
    const other = nameKey(name ?? '')
    if (!names.has(other) && (other.includes(' ') || other.length > 4)) names.set(other, 1)
  }
  return names
}

const pronouns = new Set('i we you he she it they this that these those there what who my his her its our their'.split(' '))

/**
 * The names that a document is about, by key, with how surely: its title 3, the title without "(…)" 2.5, without its article 2, before a comma 1.5;
 * and, from its first sentence, the subject 1.2 where that shares a word with the title, and other names it gives itself 1.
 */
export function aboutNames(title: string, firstSentence: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  const add = (name: string, kind: number) => {
    const key = nameKey(name)
    if (key !== '' && (names.get(key) ?? 0) < kind) names.set(key, kind)
  }
  const bare = title.replace(/\s*\([^()]*\)\s*$/u, '').trim()
  add(title, 3)
  add(bare, 2.5)
  if (/^(the|a|an)\s/i.test(bare) && bare.split(' ').length > 2) add(bare.replace(/^\S+\s+/, ''), 2)
  const [beforeComma] = bare.split(', ')
  if (beforeComma !== undefined && beforeComma !== bare) add(beforeComma, 1.5)
  const subject = lead.exec(firstSentence)?.[1]?.replace(/\(.*$/u, '').trim()
  if (subject !== undefined && sharesWord(subject, bare)) add(subject, 1.2)
  for (const [, name] of firstSentence.matchAll(otherNames)) {
    if (name !== undefined && (name.includes(' ') || name.length > 4)) add(name, 1)
  }
  return names
}

function sharesWord(subject: string, title: string): boolean {
  const capitalised = subject.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word))
  const titleWords = new Set(nameKey(title).split(' '))
  return (
    capitalised.length >= 2 &&
    capitalised.some((word) =>
      nameKey(word)
        .split(' ')
        .some((part) => part.length > 2 && titleWords.has(part)),
    )
  )
}
