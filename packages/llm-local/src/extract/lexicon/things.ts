import { wordSet } from './words.ts'

/** The last word of the name of an organisation, or an abbreviation after it. */
export const organisationHeads: ReadonlySet<string> = wordSet(
  `inc inc. ltd ltd. llc corp corp. co co. plc gmbh ag sa s.a. company corporation group holdings bank trust fund foundation institute institution university college school academy lyceum polytechnic hospital clinic surgery
  church ministry department agency bureau office commission committee council board authority service services court parliament congress senate assembly government administration army navy force forces police party union league federation
  association society club team orchestra choir band ensemble quartet trio records recordings entertainment studios studio pictures productions films press publishing publishers books magazine newspaper times post gazette herald tribune network channel radio
  television tv broadcasting airlines airways air railways railway motors electric industries systems technologies technology software labs laboratory laboratories partners associates consulting international museum library gallery theatre theater opera hotel inn
  restaurant cafe café bar pub bakery store stores shop market supermarket centre center cooperative co-operative order legion guard brigade regiment division battalion squadron fc f.c. united rovers wanderers sox yankees alliance coalition consortium conference
  seminary monastery abbey temple mosque synagogue cathedral chapel brewery distillery trucks logistics pharma pharmaceuticals insurance capital ventures energy oil petroleum telecom communications media games`,
)

export const eventHeads: ReadonlySet<string> = wordSet(
  'war wars battle olympics paralympics games championship championships cup tournament festival conference summit election elections revolution rebellion uprising massacre treaty siege crisis exhibition expo fair marathon race derby open prix awards ceremony day eve christmas easter thanksgiving halloween hanukkah diwali ramadan eid holocaust reformation renaissance depression conquest crusade congress convention season carnival',
)

export const workHeads: ReadonlySet<string> = wordSet(
  'symphony sonata concerto suite overture gospel bible quran code act bill law amendment constitution journal review chronicles trilogy saga show album song novel',
)

/** Words for kinds of works, before or after a title. */
export const workKinds: ReadonlySet<string> = wordSet(
  'film movie novel book song single album ep play musical opera poem painting sculpture series sitcom show soap documentary magazine newspaper journal comic manga anime game videogame episode story memoir autobiography biography essay track ballet podcast anthology trilogy',
)

/** Words for kinds of organisations. */
export const organisationKinds: ReadonlySet<string> = wordSet(
  'company organization organisation band team club charity agency group firm label school university college party bank newspaper airline institution hospital studio manufacturer publisher network church association foundation society union league ministry department committee corporation institute academy museum station broadcaster',
)

export const animals: ReadonlySet<string> = wordSet(
  `dog puppy pup cat kitten kitty horse pony mare stallion foal hamster rabbit bunny guinea-pig gerbil mouse rat ferret parrot budgie parakeet canary cockatiel bird fish goldfish tortoise turtle snake python gecko lizard iguana frog chicken hen rooster duck goose goat sheep lamb cow pig donkey alpaca llama hedgehog chinchilla
  labrador lab retriever collie terrier beagle poodle spaniel dachshund bulldog pug husky boxer corgi greyhound whippet rottweiler doberman chihuahua dalmatian schnauzer mastiff setter pointer shepherd malamute akita shiba samoyed pomeranian maltese cavapoo cockapoo labradoodle goldendoodle mongrel mutt rescue lurcher
  siamese persian tabby ragdoll sphynx moggy bengal tarantula axolotl budgerigar cockatoo macaw indie mule tomcat`,
)

export const vehicles: ReadonlySet<string> = wordSet(
  'car bike bicycle motorbike motorcycle scooter van truck lorry moped boat yacht tractor suv campervan camper pickup',
)

/** Capitalised words that begin sentences or stand in them without being names. */
export const notNames: ReadonlySet<string> = wordSet(
  `i the a an this that these those my your his her its our their he she it we they you who what when where why how which there here and but or so if then yes no yeah yep nope ok okay oh hi hey hello hiya wow thanks thank please sorry congrats congratulations lol omg haha hmm well sure right great good nice cool awesome
  absolutely definitely totally exactly maybe perhaps anyway also although because since while after before during until at in on by for from to of with about as into through not never always sometimes today yesterday tomorrow tonight now later soon first second third last next finally however therefore moreover
  furthermore meanwhile additionally another other each every some any all both most many few several one two three four five six seven eight nine ten am pm mon tue wed thu fri sat sun can could would should will may might must do does did is are was were have has had been be being let's lets let just really
  ps fyi btw asap diy tbh imo idk rip gonna wanna got getting going just glad happy sounds looks seems love hope wish miss good-bye bye cheers mate dear sir madam bro dude guys folks everyone anybody somebody nothing something anything everything aww ah ugh hooray yay whoa gosh god jeez damn morning evening afternoon night mmm`,
)

/** Adjectives of health, habit and belief that say what somebody is. */
export const traits: ReadonlySet<string> = wordSet(
  'vegetarian vegan pescatarian diabetic asthmatic dyslexic autistic epileptic pregnant married single divorced engaged widowed retired unemployed deaf blind celiac coeliac lactose-intolerant left-handed colour-blind colorblind sober religious atheist agnostic catholic muslim hindu buddhist jewish sikh christian bilingual gay lesbian bisexual queer trans transgender nonbinary self-employed teetotal halal kosher tall short',
)

/** What gives a diet. */
export const diets: ReadonlySet<string> = wordSet(
  'vegetarian vegan pescatarian halal kosher teetotal gluten-free lactose-intolerant celiac coeliac',
)
