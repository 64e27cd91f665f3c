import { namePattern as name, placePattern as place } from './name-pattern.ts'
import { type Relation, says } from './relation.ts'

/** Where and when somebody was born and died, and what they were. */
export const lifeRelations: readonly Relation[] = [
  {
    id: 'birthplace',
    nouns: '(?:place of birth|birth ?place|place where (?:he|she) was born)',
    asks: [
      /\b(?:where|(?:in )?(?:what|which) (?:city|town|village|place|country|state|county|\w+ county)\b.*)(?: was| were| is)? # (?:was )?born\b|\bwhere\b.*# born\b|# was born in (?:what|which)\b/i,
      /# born where\b/i,
    ],
    gives: 'place',
    says: says(
      `\\b[Bb]orn\\b(?:(?!\\bdied\\b|[;–]).)*?\\b(?:in|at|near)\\s+(?:the\\s+)?(?:(?:city|town|village|suburb|municipality)\\s+of\\s+)?(?<a>${place})`,
      `\\((?:[^()–-]*\\d{3,4},?\\s+(?:in\\s+)?)(?<a>${place})\\s*[–-]`,
      `\\((?<a>${place}),\\s+(?:c\\. ?)?(?:\\d{1,2}\\s|\\d{3,4}\\b)`,
      `\\b(?:native|born and raised|raised|grew up|originally)\\b[^.;]*?\\b(?:of|in|from)\\s+(?<a>${place})`,
      `\\b(?<a>${place})-born\\b`,
      `\\b(?:is|was)\\b[^.;]*?\\bfrom\\s+(?<a>${place})`,
    ),
  },
  {
    id: 'deathplace',
    nouns: '(?:place of death|death ?place)',
    asks: [/\b(?:where|(?:in )?(?:what|which) (?:city|town|village|place|country|state)) (?:did|had|does) # (?:die|died|pass away)\b/i],
    gives: 'place',
    says: says(
      `\\b(?:[Dd]ied|[Dd]eath|[Pp]assed away|[Kk]illed|[Mm]urdered|[Ee]xecuted)\\b[^;]*?\\b(?:in|at|near)\\s+(?:(?:his|her|the)\\s+)?(?:[\\p{Ll}]+\\s+){0,4}?(?<a>${place})`,
      `[–-][^()–-]*\\d{3,4},?\\s+(?:in\\s+)?(?<a>${place})\\s*\\)`,
      `\\bburied\\b[^;]*?\\b(?:in|at)\\s+(?<a>${place})`,
    ),
  },
  {
    id: 'birthdate',
    nouns: '(?:date of birth|birth ?date|birthday|year of birth|birth year)',
    asks: [
      /\b(?:when|(?:in |on )?(?:what|which) (?:year|date|day|month)) (?:was|were|is) # born\b/i,
      /# (?:was )?born (?:in|on) (?:what|which) (?:year|date)\b/i,
    ],
    gives: 'date',
    says: says(),
  },
  {
    id: 'deathdate',
    nouns: '(?:date of death|death date|year of death)',
    asks: [/\b(?:when|(?:in |on )?(?:what|which) (?:year|date|day|month)) (?:did|had) # (?:die|died|pass away)\b/i],
    gives: 'date',
    says: says(),
  },
  {
    id: 'nationality',
    nouns: '(?:nationality|citizenship)',
    asks: [/\b(?:what|which) (?:nationality|citizen) (?:is|was|were|does) #/i, /# (?:is|was) (?:of )?(?:what|which) nationality\b/i],
    gives: 'nationality',
    says: says(),
  },
  {
    id: 'country',
    nouns: '(?:country of (?:origin|citizenship)|country|homeland|nation|home country)',
    asks: [
      /\b(?:what|which) country (?:is |was |does )?(?:# (?:is |was )?(?:from|come from|located in|found in)|# (?:a )?citizen of)\b/i,
      /\b(?:what|which) country (?:is|was) # (?:from|a citizen of|located|in)\b/i,
    ],
    gives: 'country',
    says: says(),
  },
  {
    id: 'education',
    nouns: '(?:alma mater|university|college|school)',
    asks: [
      /\bwhere (?:did|was|does) # (?:study|studied|graduate|educated|go to (?:school|college|university)|attend)\b/i,
      /\b(?:what|which) (?:university|college|school) (?:did|does|has) # (?:attend|graduate|study|go)\b/i,
    ],
    gives: 'name',
    says: says(
      `\\b(?:[Gg]raduated?|[Gg]raduating|[Dd]egree|[Dd]octorate|[Ss]tudied|[Ee]ducated|[Ee]nrolled|J\\.?D\\.?|Ph\\.?D\\.?|B\\.?A\\.?|M\\.?A\\.?)\\b[^;.]*?\\b(?:at|from)\\s+(?:the\\s+)?(?<a>${name})`,
      `\\b[Aa]ttended\\s+(?:the\\s+)?(?<a>${name})`,
      `\\b(?:alma mater|graduate|alumnus|alumna)\\b,?\\s+(?:of\\s+)?(?:the\\s+)?(?<a>${name})`,
    ),
  },
  {
    id: 'employer',
    nouns: '(?:employer|workplace)',
    asks: [/\b(?:where|what company|which company) (?:does|did|is) # (?:work|worked|works|employed)(?: at| for)?\b/i],
    gives: 'name',
    says: says(
      `\\b(?:[Ww]ork(?:s|ed|ing)?|[Ee]mployed|[Tt]eaches|[Tt]aught)\\b[^;.]*?\\b(?:at|for|by|with)\\s+(?:the\\s+)?(?:[\\p{Ll}-]+\\s+){0,2}?(?<a>${name})`,
      `\\b(?:[Ee]dit(?:s|ed)|professor|editor|journalist|critic|director|lecturer|president|researcher)\\b[^;.]*?\\b(?:at|of|for)\\s+(?:the\\s+)?(?:[\\p{Ll}-]+\\s+){0,2}?["“]?(?<a>${name})`,
    ),
  },
  {
    id: 'burial',
    nouns: '(?:place of burial|burial place|burial site)',
    asks: [/\bwhere (?:is|was) # (?:buried|interred)\b/i],
    gives: 'place',
    says: says(`\\b(?:buried|interred|entombed|laid to rest)\\b[^;.]*?\\b(?:in|at)\\s+(?:the\\s+)?(?<a>${place})`),
  },
  {
    id: 'cause',
    nouns: 'cause of death',
    asks: [/\b(?:why|how|of what) did # die\b/i],
    gives: 'name',
    says: says(
      `\\bdied\\b[^;.]*?\\b(?:of|from)\\s+(?:an?\\s+)?(?<a>[\\p{Ll}-]+(?:\\s+(?!(?:in|at|on|and|while)\\b)[\\p{Ll}-]+){0,3})`,
      `\\b(?<a>[\\p{Ll}-]+(?:\\s[\\p{Ll}-]+)?)\\s+death\\b`,
    ),
  },
]
