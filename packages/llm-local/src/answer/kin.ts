/** How people speak of those who are near to them; each line is one kind, its usual word first. */
const kinds: readonly (readonly string[])[] = [
  ['mother', 'mum', 'mom', 'mam', 'ma', 'mama', 'mamma', 'mummy', 'mommy', 'amma', 'mami'],
  ['father', 'dad', 'da', 'pa', 'papa', 'daddy', 'appa', 'pops', 'papi', 'baba'],
  ['parent', 'folk'],
  ['sister', 'sis', 'sibling'],
  ['brother', 'bro', 'sibling'],
  ['son', 'boy', 'child', 'kid'],
  ['daughter', 'girl', 'child', 'kid'],
  ['child', 'kid', 'baby', 'toddler', 'newborn', 'twin'],
  ['wife', 'spouse', 'partner', 'missus'],
  ['husband', 'spouse', 'partner', 'hubby'],
  ['partner', 'significant-other', 'other-half'],
  ['girlfriend', 'partner', 'gf'],
  ['boyfriend', 'partner', 'bf'],
  ['fiance', 'fiancee', 'partner'],
  ['grandmother', 'grandma', 'gran', 'granny', 'nan', 'nana', 'nanny', 'abuela', 'oma', 'nonna', 'grandparent'],
  ['grandfather', 'grandpa', 'granddad', 'grandad', 'gramps', 'abuelo', 'opa', 'nonno', 'grandparent'],
  ['grandson', 'grandchild', 'grandkid'],
  ['granddaughter', 'grandchild', 'grandkid'],
  ['grandchild', 'grandkid'],
  ['aunt', 'auntie', 'aunty'],
  ['uncle'],
  ['cousin'],
  ['niece'],
  ['nephew'],
  ['ex-wife', 'ex', 'ex-partner'],
  ['ex-husband', 'ex', 'ex-partner'],
  ['ex-girlfriend', 'ex', 'ex-partner'],
  ['ex-boyfriend', 'ex', 'ex-partner'],
  ['mother-in-law'],
  ['father-in-law'],
  ['sister-in-law'],
  ['brother-in-law'],
  ['son-in-law'],
  ['daughter-in-law'],
  ['stepmother', 'stepmum', 'stepmom'],
  ['stepfather', 'stepdad'],
  ['stepsister'],
  ['stepbrother'],
  ['godmother'],
  ['godfather'],
  ['friend', 'mate', 'pal', 'buddy', 'bff', 'bestie'],
  ['flatmate', 'roommate', 'housemate'],
  ['colleague', 'coworker', 'co-worker', 'workmate', 'teammate'],
  ['boss', 'manager', 'supervisor'],
  ['teacher', 'tutor', 'instructor'],
  ['coach', 'trainer'],
  ['neighbour', 'neighbor'],
  ['doctor', 'gp', 'dentist', 'therapist'],
  ['landlord', 'landlady'],
  ['mentor'],
  ['dog', 'puppy', 'pup', 'pet', 'doggo'],
  ['cat', 'kitten', 'pet', 'kitty'],
  ['horse', 'pony', 'pet', 'mare', 'gelding', 'stallion', 'foal'],
  ['rabbit', 'bunny', 'pet'],
  ['bird', 'parrot', 'budgie', 'canary', 'cockatiel', 'cockatoo', 'macaw', 'parakeet', 'pet'],
  ['fish', 'goldfish', 'betta', 'pet'],
  ['pet', 'animal'],
]

/** Narrower words, by what they are: a collie is a dog. */
const narrower: Readonly<Record<string, readonly string[]>> = {
  dog: [
    'collie',
    'terrier',
    'beagle',
    'lab',
    'labrador',
    'poodle',
    'spaniel',
    'retriever',
    'husky',
    'pug',
    'dachshund',
    'bulldog',
    'boxer',
    'shepherd',
    'rottweiler',
    'corgi',
    'chihuahua',
    'greyhound',
    'whippet',
    'mutt',
    'mongrel',
    'hound',
    'setter',
    'pointer',
    'cockapoo',
    'labradoodle',
    'schnauzer',
    'shihtzu',
    'malamute',
    'samoyed',
    'pomeranian',
    'maltese',
    'rescue',
    'sheepdog',
    'lurcher',
    'pitbull',
    'dalmatian',
    'staffie',
    'westie',
    'bernese',
    'akita',
    'shiba',
    'vizsla',
    'doberman',
    'mastiff',
    'newfoundland',
    'jack-russell',
  ],
  cat: ['tabby', 'siamese', 'persian', 'ragdoll', 'tomcat', 'moggy', 'tom', 'calico', 'bengal', 'sphynx', 'maine-coon', 'ginger', 'tuxedo'],
  pet: [
    'hamster',
    'ferret',
    'turtle',
    'tortoise',
    'gecko',
    'lizard',
    'snake',
    'gerbil',
    'rat',
    'mouse',
    'hedgehog',
    'chinchilla',
    'goat',
    'guinea-pig',
    'hen',
    'chicken',
    'donkey',
    'iguana',
    'axolotl',
    'parrot',
    'rabbit',
    'llama',
    'alpaca',
    'pig',
    'sheep',
    'cow',
    'python',
  ],
}

const women =
  /^(mother|sister|daughter|wife|girlfriend|fiancee|grandmother|granddaughter|aunt|niece|ex-wife|ex-girlfriend|mother-in-law|sister-in-law|daughter-in-law|step(mother|sister)|godmother|girl|mare|landlady)$/
const men =
  /^(father|brother|son|husband|boyfriend|fiance|grandfather|grandson|uncle|nephew|ex-husband|ex-boyfriend|father-in-law|brother-in-law|son-in-law|step(father|brother)|godfather|boy|gelding|landlord)$/

const usual = new Map<string, string>()
const reach = new Map<string, Set<string>>()
for (const words of kinds) for (const word of words) usual.set(word, usual.get(word) ?? words[0] ?? word)
for (const words of kinds) {
  const first = words[0] ?? ''
  for (const word of words) add(word, first)
  add(first, first)
}
for (const [wide, words] of Object.entries(narrower)) {
  for (const word of words) {
    if (!usual.has(word)) usual.set(word, word)
    add(wide, word)
    add('pet', word)
    add('animal', word)
    add(word, word)
  }
}
for (const pet of ['dog', 'cat', 'horse', 'rabbit', 'bird', 'fish', 'mare', 'pony']) add('animal', pet)
for (const word of ['mother', 'father']) add('parent', word)

function add(wide: string, narrow: string): void {
  const words = reach.get(wide) ?? new Set()
  reach.set(wide, words.add(narrow))
}

/** Whether a noun tells what somebody, or a pet, is to another. */
export function isKin(noun: string): boolean {
  return usual.has(singular(noun))
}

/** The usual word for a kin word: `mother` for "mum". Other nouns stay as they are. */
export function usualKin(noun: string): string {
  const one = singular(noun)
  return usual.get(one) ?? one
}

/** Whether somebody who is called by `said` may be meant by `asked`: a "collie" by "dog", a "son" by "kid", a "mum" by "mother". */
export function kinMatches(asked: string, said: string): boolean {
  const [wide, narrow] = [singular(asked), singular(said)]
  if (wide === narrow || (usualKin(wide) === usualKin(narrow) && usual.has(wide))) return true
  if (narrow === 'spouse') return /^(wife|husband|partner)$/.test(usualKin(wide))
  return reach.get(wide)?.has(narrow) === true || reach.get(wide)?.has(usualKin(narrow)) === true
}

export function isAnimal(noun: string): boolean {
  const one = singular(noun)
  return (
    reach.get('animal')?.has(one) === true ||
    reach.get('animal')?.has(usualKin(one)) === true ||
    reach.get('dog')?.has(one) === true ||
    reach.get('cat')?.has(one) === true
  )
}

export function genderOf(noun: string): 'she' | 'he' | undefined {
  const kin = usualKin(noun)
  if (women.test(kin)) return 'she'
  return men.test(kin) ? 'he' : undefined
}

function singular(noun: string): string {
  const plain = noun.replace(/^(?:little|big|older|younger|elder|baby|best|twin)-/, '')
  if (usual.has(plain)) return plain
  if (plain === 'children') return 'child'
  if (plain === 'wives') return 'wife'
  if (plain === 'puppies') return 'puppy'
  if (plain === 'fiancées') return 'fiancee'
  if (plain === 'folks') return 'folk'
  const one = plain.replace(/s$/, '')
  return usual.has(one) ? one : plain
}
