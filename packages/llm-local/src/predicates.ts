/**
 * What a predicate means and the words that ask for it. Beside these stand what people are to each other, as nouns (`flatmate`,
 * `mother_in_law`), and a subject's `favourite_…`. Other predicates are open: the base form of a verb with its preposition (`move_to`), its
 * participle where the subject underwent it (`published_by`), or a noun with a preposition (`editor_of`).
 *
 * Values of dates are written `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `--MM-DD` for a day of every year.
 */
export interface Predicate {
  /** Lower case with underscores. */
  readonly name: string
  /** Whether a subject has one at a time. */
  readonly exclusive: boolean
  /** Nouns that ask for the object: "What is my *job*?" */
  readonly nouns: readonly string[]
  /** Verbs, as lemmas with what follows them, that ask for the object: "Where do I *work*?" */
  readonly verbs: readonly string[]
}

const one = true
const many = false

export const predicates: readonly Predicate[] = [
  predicate('works_at', one, 'employer company workplace firm office', 'work|work for|work at|employ|be employed|join'),
  predicate('worked_at', many, '', 'work|work for|work at'),
  predicate('job_title', one, 'job role title position profession occupation work living career', 'do|work as|do for a living|do for work'),
  predicate('lives_in', one, 'home town city address residence', 'live|stay|reside|be based|move to'),
  predicate('lived_in', many, '', 'live|stay|reside'),
  predicate('from', one, 'hometown origin', 'come from|be from'),
  predicate('grew_up_in', one, 'hometown', 'grow up|be raised|be brought up'),
  predicate('born_in', one, 'birthplace', 'be born'),
  predicate('born_on', one, 'birthday birthdate', 'be born|turn'),
  predicate('died_on', one, 'death', 'die|pass away|pass'),
  predicate('died_in', one, '', 'die|pass away'),
  predicate('age', one, 'age', 'be old|turn'),
  predicate(
    'studied_at',
    many,
    'school university college alma_mater',
    'study|go to university|go to college|go to school|graduate|attend',
  ),
  predicate('studies', many, 'subject major degree course', 'study|major|read'),
  predicate('teaches', many, 'subject', 'teach|tutor'),
  predicate('learns', many, 'language', 'learn'),
  predicate('has_pet', many, 'pet animal', 'have|own|keep'),
  predicate('has_child', many, 'child kid', 'have'),
  predicate('number_of_children', one, 'children kids', 'have'),
  predicate('parent', many, 'parent', ''),
  predicate('mother', one, 'mother mum mom', ''),
  predicate('father', one, 'father dad', ''),
  predicate('sister', many, 'sister sibling', ''),
  predicate('brother', many, 'brother sibling', ''),
  predicate('wife', one, 'wife spouse', 'be married'),
  predicate('husband', one, 'husband spouse', 'be married'),
  predicate('partner', one, 'partner', ''),
  predicate('boyfriend', one, 'boyfriend partner', 'date'),
  predicate('girlfriend', one, 'girlfriend partner', 'date'),
  predicate('fiance', one, 'fiance fiancé fiancée', 'be engaged'),
  predicate('son', many, 'son child kid boy', ''),
  predicate('daughter', many, 'daughter child kid girl', ''),
  predicate('friend', many, 'friend', ''),
  predicate('boss', one, 'boss manager', 'report to'),
  predicate('colleague', many, 'colleague coworker', 'work with'),
  predicate('married_to', one, 'spouse wife husband', 'marry|be married|get married'),
  predicate('married_on', one, 'wedding anniversary', 'marry|get married'),
  predicate('married_in', one, 'wedding', 'marry|get married'),
  predicate('marital_status', one, 'status', 'be married'),
  predicate('likes', many, 'favourite hobby interest', 'like|love|enjoy|be into|be fond of'),
  predicate('dislikes', many, '', 'dislike|hate|loathe|can not stand|avoid'),
  predicate('hobby', many, 'hobby pastime', 'do for fun'),
  predicate('plays', many, 'instrument sport game', 'play'),
  predicate('speaks', many, 'language', 'speak'),
  predicate('allergic_to', many, 'allergy', 'be allergic|can not eat|can not have|avoid'),
  predicate('drives', many, 'car vehicle', 'drive|have'),
  predicate('owns', many, 'possession', 'own|have'),
  predicate('diet', one, 'diet', 'be'),
  predicate('named', many, 'name', 'be called|be named'),
  predicate('is_a', many, 'kind sort type breed', 'be'),
  predicate('nationality', many, 'nationality', ''),
  predicate('member_of', many, 'band team group party', 'belong to|be a member of|play for'),
  predicate('founded', many, '', 'found|establish|start|create'),
  predicate('located_in', many, 'location place', 'be|lie|be located'),
  predicate('capital_of', many, 'capital', ''),
  predicate('directed', many, 'director', 'direct'),
  predicate('wrote', many, 'author writer', 'write'),
  predicate('performed', many, 'performer singer', 'perform|sing|record'),
  predicate('released_on', many, 'release', 'release|come out'),
  predicate('engaged_to', one, 'fiance fiancé fiancée', 'be engaged'),
  predicate('degree', many, 'degree', 'do|study'),
  predicate('collects', many, 'collection', 'collect'),
  predicate('best_friend', one, 'friend', ''),
  predicate('part_of', many, 'part', 'be part of|belong to'),
]

const exclusive: ReadonlySet<string> = new Set(predicates.filter((each) => each.exclusive).map((each) => each.name))

/** Whether a subject has one such fact at a time. Open predicates are not exclusive, but for a subject's favourites. */
export function isExclusive(name: string): boolean {
  return exclusive.has(name) || name.startsWith('favourite_')
}

function predicate(name: string, isOne: boolean, nouns: string, verbs: string): Predicate {
  return { name, exclusive: isOne, nouns: nouns.split(' ').filter(Boolean), verbs: verbs.split('|').filter(Boolean) }
}
