import type { Course } from '../valid-time.ts'

/** How a verb with an object, or with a preposition, becomes a fact. */
export interface Frame {
  /** Base forms, with their particles. */
  readonly verbs: readonly string[]
  /** `object`, or the prepositions. */
  readonly slots: readonly string[]
  readonly predicate: string
  readonly course: Course
  /** What the filler has to be: a name, one that may be of an organisation or a place, a noun without a name, or what can be studied. */
  readonly filler: 'any' | 'name' | 'organisation' | 'place' | 'value' | 'subject'
  /** Whether only a person does this. */
  readonly person: boolean
  /** The predicate for what is over, in a text of no known time. */
  readonly past?: string
}

const frames: readonly Frame[] = [
  frame('work,be_employed,employ,intern', 'at,for,with', 'works_at', 'state', 'name', 'worked_at'),
  frame('work', 'in', 'works_at', 'state', 'organisation', 'worked_at'),
  frame('work,drive,fly,tutor,teach,volunteer,cook', 'for', 'works_at', 'state', 'organisation', 'worked_at'),
  frame('spend', 'with,at', 'works_at', 'state', 'organisation', 'worked_at'),
  frame('teach,lecture,train,volunteer,intern', 'at', 'works_at', 'state', 'name', 'worked_at'),
  frame('work,start,join,employ,hire,retrain,qualify,freelance,serve,spend', 'as', 'job_title', 'state', 'any'),
  frame('join', 'object', 'works_at', 'start', 'organisation'),
  frame('start,begin,start_out', 'at,with', 'works_at', 'start', 'organisation'),
  frame('leave,quit', 'object', 'works_at', 'end', 'organisation'),
  frame('resign,retire', 'from', 'works_at', 'end', 'name'),
  frame('leave', 'object', 'lives_in', 'end', 'place'),
  frame('live,stay,reside,base,dwell,settle', 'in,at,near,outside', 'lives_in', 'state', 'name', 'lived_in'),
  frame('move,relocate,emigrate,immigrate,move_back', 'to', 'lives_in', 'start', 'name'),
  frame('move,relocate,emigrate,immigrate', 'from', 'lives_in', 'end', 'name', 'lived_in'),
  frame('grow_up', 'in,near,outside', 'grew_up_in', 'event', 'name'),
  frame('raise,bring_up', 'in,near', 'grew_up_in', 'event', 'name'),
  frame('come,hail', 'from', 'from', 'event', 'name'),
  frame('bear', 'in,at,near', 'born_in', 'event', 'name'),
  frame('die,pass_away', 'in,at', 'died_in', 'event', 'name'),
  frame('study,major,train', 'object,in', 'studies', 'state', 'subject'),
  frame('read,do', 'object', 'studies', 'state', 'value'),
  frame('graduate', 'from', 'studied_at', 'event', 'name'),
  frame('study,train,educate', 'at', 'studied_at', 'state', 'organisation'),
  frame('attend', 'object', 'studied_at', 'state', 'organisation'),
  frame('teach,tutor', 'object', 'teaches', 'state', 'subject'),
  frame('learn', 'object', 'learns', 'state', 'any'),
  frame('like,love,enjoy,adore,fancy', 'object', 'likes', 'state', 'any'),
  frame('hate,loathe,dislike,detest,despise', 'object', 'dislikes', 'state', 'any'),
  frame('play', 'object', 'plays', 'state', 'any'),
  frame('speak', 'object', 'speaks', 'state', 'any'),
  frame('drive', 'object', 'drives', 'state', 'any'),
  frame('own', 'object', 'owns', 'state', 'any'),
  frame('collect', 'object', 'collects', 'state', 'any'),
  frame('marry', 'object,to', 'married_to', 'start', 'name'),
  frame('engage', 'to', 'engaged_to', 'state', 'name'),
  frame('date', 'object', 'dates', 'state', 'name'),
  thing('locate,situate,lie,sit', 'in,near,on', 'located_in', 'state', 'name'),
  thing('direct', 'object', 'directed', 'event', 'any'),
  thing('write,co-write,author', 'object', 'wrote', 'event', 'any'),
  thing('found,co-found,establish', 'object', 'founded', 'event', 'any'),
  thing('perform,sing,record', 'object', 'performed', 'event', 'any'),
  thing('belong', 'to', 'member_of', 'state', 'name'),
]

/** Verbs of which "by" tells who did it: the fact is told of the doer. */
export const doers: ReadonlyMap<string, string> = new Map([
  ['direct', 'directed'],
  ['write', 'wrote'],
  ['co-write', 'wrote'],
  ['author', 'wrote'],
  ['found', 'founded'],
  ['co-found', 'founded'],
  ['perform', 'performed'],
  ['sing', 'performed'],
  ['record', 'performed'],
])

function frame(verbs: string, slots: string, predicate: string, course: Course, filler: Frame['filler'], past?: string): Frame {
  return { verbs: verbs.split(','), slots: slots.split(','), predicate, course, filler, person: true, ...(past !== undefined && { past }) }
}

function thing(verbs: string, slots: string, predicate: string, course: Course, filler: Frame['filler']): Frame {
  return { verbs: verbs.split(','), slots: slots.split(','), predicate, course, filler, person: false }
}

/** The frames of each verb. */
export const framesOf: ReadonlyMap<string, readonly Frame[]> = new Map(
  [...new Set(frames.flatMap((each) => each.verbs))].map((verb) => [verb, frames.filter((each) => each.verbs.includes(verb))]),
)
