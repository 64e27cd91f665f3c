import { namePattern as name } from './name-pattern.ts'
import { type Relation, says, who } from './relation.ts'

const years = '(?:\\s*\\([^)]*\\))?'

/** Who made a work or an organisation, and when it came to be. */
export const workRelations: readonly Relation[] = [
  {
    id: 'released',
    nouns: '(?:release date|publication date|date of (?:release|publication)|year of (?:release|publication))',
    asks: [
      /\b(?:when|(?:in |on )?(?:what|which) (?:year|date)) (?:was|were|did|is) # (?:first )?(?:released|published|made|produced|come out|premiere|premiered|air|aired|written|recorded)\b/i,
    ],
    gives: 'date',
    says: says(),
  },
  {
    id: 'founded',
    nouns: '(?:founding date|year of foundation|foundation date|inception)',
    asks: [
      /\b(?:when|(?:in |on )?(?:what|which) (?:year|date)) (?:was|were|did|is) # (?:first )?(?:founded|established|formed|created|built|opened|open|form|launched|incorporated|started|begin|start)\b/i,
    ],
    gives: 'date',
    says: says(),
  },
  {
    id: 'director',
    nouns: '(?:film )?directors?',
    verbs: 'directed',
    gives: 'person',
    says: says(
      `\\b[Dd]irected\\b(?:,?\\s+[\\p{Ll}-]+){0,8}?,?\\s+by\\s+${who}`,
      `\\b[Dd]irector\\s+(?<a>${name})`,
      `\\b(?:film|movie|documentary|comedy|drama|short|western|thriller)\\s+(?:[\\p{Ll}-]+\\s+)*by\\s+${who}`,
      `(?<a>${name})${years}\\s+(?:directed|\\(director\\))`,
    ),
    back: ['\\b(?:directed|directorial|director|films?)\\b[^;]*{x}'],
  },
  {
    id: 'screenwriter',
    nouns: '(?:screenwriter|script ?writer)',
    gives: 'person',
    says: says(`\\b[Ww]ritten\\b[^;.]*?\\bby\\s+${who}`, `\\b(?:screenplay|script)\\b[^;.]*?\\bby\\s+${who}`),
  },
  {
    id: 'author',
    nouns: '(?:author|writer|novelist)',
    verbs: '(?:wrote|authored|penned)',
    gives: 'person',
    says: says(
      `\\b[Ww]ritten\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:novel|book|story|stories|memoir|play|poem|series|essay|work|biography|treatise|collection|comic|manga|song|thriller|article)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:author|writer|novelist|poet|playwright|journalist|philosopher)\\s+(?<a>${name})`,
      `(?<a>${name})(?:['’]s)?\\s+(?:[\\p{Ll}\\d-]+\\s+){0,3}(?:novel|book|memoir|play|poem)\\b`,
      `\\bby\\s+(?<a>${name})`,
    ),
    back: ['\\b(?:wrote|author|written|novels?|books?|works?)\\b[^;]*{x}'],
  },
  {
    id: 'composer',
    nouns: '(?:composer|songwriter|lyricist)',
    verbs: 'composed',
    gives: 'person',
    says: says(
      `\\b(?:[Cc]omposed|[Ss]cored)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:music|score|soundtrack|lyrics|tune|melody)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b[Ww]ritten\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:opera|symphony|ballet|song|suite|concerto|operetta|musical)\\b[^;.]*?\\bby\\s+${who}`,
      `\\bcomposer\\s+(?<a>${name})`,
    ),
    back: ['\\b(?:composed|composer|wrote|works?)\\b[^;]*{x}'],
  },
  {
    id: 'performer',
    nouns: '(?:performer|singer|artist|band|musician|vocalist)',
    verbs: '(?:performed|sang|sings|recorded|released|made)',
    gives: 'person',
    says: says(
      `\\b(?:song|single|album|track|EP|LP|record|recording|ballad|play|play release|extended play)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:[Pp]erformed|[Rr]ecorded|[Ss]ung|[Rr]eleased)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:singer|artist|band|group|rapper|duo|musician|trio|singer-songwriter)\\s+(?<a>${name})`,
      `\\balbum\\s+(?:of|from)\\s+${who}`,
      `(?<a>${name})['’]s?\\s+(?:[\\p{Ll}\\d-]+\\s+){0,4}(?:album|single|song|EP|record)\\b`,
      `\\bby\\s+(?<a>${name})`,
    ),
    back: ['\\b(?:song|single|album|recorded|released|hit)\\b[^;]*{x}'],
  },
  {
    id: 'producer',
    nouns: '(?:executive )?producer',
    verbs: 'produced',
    gives: 'person',
    says: says(`\\b[Pp]roduced\\b[^;.]*?\\bby\\s+${who}`, `\\b[Pp]roducer\\s+(?<a>${name})`, `\\breleased\\b[^;.]*?\\bby\\s+${who}`),
    back: ['\\b(?:produced|producer)\\b[^;]*{x}'],
  },
  {
    id: 'founder',
    nouns: '(?:founder|co-founder|creator|developer|inventor|designer|architect)',
    verbs: '(?:founded|established|created|started|developed|invented|designed|formed|built)',
    gives: 'person',
    says: says(
      `\\b(?:[Ff]ounded|[Ee]stablished|[Cc]reated|[Ss]tarted|[Dd]eveloped|[Ii]nvented|[Dd]esigned|[Ff]ormed|[Bb]uilt)\\b[^;.]*?\\bby\\s+${who}`,
      `\\b(?:founders?|creator|developer|inventor|designer|architect)\\b,?\\s+(?:is\\s+|was\\s+|were\\s+)?(?<a>${name})`,
    ),
    back: ['\\b(?:founded|founder|created|creator|developed|invented|designed)\\b[^;]*{x}'],
  },
]
