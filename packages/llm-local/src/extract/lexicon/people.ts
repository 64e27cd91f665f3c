import { wordMap, wordSet } from './words.ts'

/** What somebody can be to another, as predicates by the words for it. */
export const relations: ReadonlyMap<string, string> = wordMap(`
mother: mother|mum|mom|mam|mama|mummy|mommy|amma|ma|mumma|mamma; father: father|dad|da|daddy|papa|appa|abba|pa|pops; parent: parent|parents|folks; sister: sister|sis|sisters; brother: brother|bro|brothers;
sibling: sibling|siblings; wife: wife|missus; husband: husband|hubby; partner: partner|spouse|other half; boyfriend: boyfriend|bf; girlfriend: girlfriend|gf; fiance: fiance|fiancé|fiancée|fiancee;
ex_wife: ex-wife; ex_husband: ex-husband; ex: ex|ex-boyfriend|ex-girlfriend|ex-partner; son: son|sons|boy; daughter: daughter|daughters|girl; has_child: child|kid|kids|children; baby: baby;
stepson: stepson; stepdaughter: stepdaughter; stepmother: stepmother|stepmum|stepmom; stepfather: stepfather|stepdad; stepsister: stepsister; stepbrother: stepbrother;
half_sister: half-sister; half_brother: half-brother; twin: twin; grandmother: grandmother|grandma|gran|granny|nan|nana|nanna|oma|abuela|nonna|grandmom; grandfather: grandfather|grandpa|granddad|grandad|opa|abuelo|nonno;
grandson: grandson; granddaughter: granddaughter; grandchild: grandchild|grandchildren|grandkid|grandkids; aunt: aunt|auntie|aunty; uncle: uncle; cousin: cousin|cousins; niece: niece|nieces; nephew: nephew|nephews;
mother_in_law: mother-in-law; father_in_law: father-in-law; sister_in_law: sister-in-law; brother_in_law: brother-in-law; son_in_law: son-in-law; daughter_in_law: daughter-in-law;
friend: friend|mate|buddy|pal|bestie|friends|mates|pals|buddies; best_friend: best friend; flatmate: flatmate; roommate: roommate|roomie; housemate: housemate; neighbour: neighbour|neighbor; landlord: landlord|landlady;
colleague: colleague|coworker|co-worker|workmate|teammate|colleagues|coworkers; boss: boss|manager|supervisor|line manager; mentor: mentor; mentee: mentee; teacher: teacher|tutor; professor: professor; student: student; coach: coach|trainer; doctor: doctor|gp; dentist: dentist; therapist: therapist;
godmother: godmother; godfather: godfather; godson: godson; goddaughter: goddaughter; classmate: classmate; business_partner: business partner; cofounder: cofounder|co-founder; assistant: assistant; nanny: nanny|babysitter; in_laws: in-laws; date: date; crush: crush; client: client; employer: employer`)

/** Relations that make a family or a friend: a person bears them even where no name is given. */
export const personRelations: ReadonlySet<string> = new Set(
  [...relations.keys()].filter((word) => !['date', 'client', 'employer', 'other half', 'ma', 'pa'].includes(word)),
)

export const masculine: ReadonlySet<string> = wordSet(
  'mr sir lord father dad da papa appa brother bro husband boyfriend son boy uncle nephew grandfather grandpa granddad grandad stepfather stepson stepbrother ex-husband father-in-law brother-in-law son-in-law fiance fiancé king prince actor man he mate actor',
)
export const feminine: ReadonlySet<string> = wordSet(
  'mrs ms miss lady mother mum mom mam amma sister sis wife girlfriend daughter girl aunt auntie niece grandmother grandma gran granny nan nana stepmother stepdaughter stepsister ex-wife mother-in-law sister-in-law daughter-in-law fiancée queen princess actress woman she mare',
)

/** Before a person's name. Lower case, without the full stop. */
export const titles: ReadonlySet<string> = wordSet(
  'mr mrs ms miss mx dr prof professor doctor sir dame lord lady rev reverend fr father sister brother pope king queen prince princess emperor empress duke duchess count countess baron president senator governor mayor captain capt colonel col general gen lieutenant lt major sergeant sgt admiral judge justice chief saint st minister chancellor bishop archbishop cardinal rabbi imam sheikh sultan tsar aunt auntie uncle grandma grandpa nurse officer coach detective inspector secretary congressman congresswoman ambassador',
)

/** Titles that are never part of the name itself. */
export const plainTitles: ReadonlySet<string> = wordSet(
  'mr mrs ms miss mx dr prof professor doctor sir dame rev reverend capt captain president senator governor mayor nurse',
)

/** Nouns for what people do, beyond those that their ending shows. */
const occupations: ReadonlySet<string> = wordSet(
  `doctor nurse chef cook vet surgeon physician gp lawyer solicitor barrister attorney paralegal judge clerk secretary accountant architect pilot steward stewardess waitress waiter barista bartender barman barmaid
  plumber electrician carpenter joiner mechanic welder mason builder roofer painter gardener farmer fisherman deckhand sailor soldier officer marine cop police detective firefighter fireman paramedic
  postman postwoman mailman policeman policewoman salesman saleswoman businessman businesswoman cameraman craftsman journalist model actor actress singer musician guitarist bassist drummer pianist violinist cellist rapper
  dancer comedian director author poet novelist playwright editor analyst consultant adviser advisor assistant intern apprentice trainee student undergraduate postgraduate postdoc professor lecturer teacher tutor
  headteacher principal dean coach physio physiotherapist therapist psychologist psychiatrist counsellor counselor dentist optician pharmacist midwife carer caretaker cleaner janitor guard
  driver courier chauffeur lead manager ceo cto cfo coo founder cofounder co-founder chairman chairwoman chair president minister politician senator governor mayor ambassador diplomat priest nun monk pastor
  bishop imam rabbi librarian curator translator interpreter tailor seamstress jeweller baker butcher brewer florist hairdresser barber beautician tattooist stylist estate-agent realtor broker banker teller
  cashier receptionist concierge actuary economist statistician mathematician physicist chemist biologist scientist researcher geologist engineer developer programmer coder designer illustrator animator
  photographer sculptor artist potter bookbinder weaver locksmith blacksmith technician operator supervisor foreman recruiter marketer planner strategist producer presenter broadcaster host dj composer
  conductor footballer cricketer golfer boxer wrestler cyclist swimmer runner athlete sprinter skier skater racer jockey referee umpire historian philosopher theologian linguist anthropologist archaeologist
  sociologist activist freelancer contractor entrepreneur housewife househusband homemaker pensioner retiree bridesmaid critic explorer inventor spy agent warden ranger postmaster nutritionist dietitian sommelier
  radiographer sonographer optometrist chiropractor osteopath orthodontist anaesthetist anesthesiologist cardiologist dermatologist neurologist oncologist paediatrician pediatrician radiologist pathologist
  undertaker magician clown stuntman zookeeper beekeeper shepherd welder machinist fitter plasterer tiler glazier surveyor auditor bookkeeper underwriter trader investor administrator coordinator
  copywriter blogger youtuber streamer influencer columnist reporter correspondent screenwriter filmmaker cinematographer songwriter lyricist bandleader organist soprano tenor baritone`,
)

const occupationEnding =
  /(?:ologist|ographer|ician|eer|onomist|ographer|wright|smith|keeper|maker|worker|player|writer|teacher|trainer|manager|engineer|designer|developer|therapist|driver|leader|officer|scientist|analyst|singer|instructor|programmer|inspector|cleaner|dealer|owner)$/

/** Whether a noun says what somebody does for a living. */
export function isOccupation(noun: string): boolean {
  return (
    occupations.has(noun) ||
    occupationEnding.test(noun) ||
    (noun.endsWith('s') && (occupations.has(noun.slice(0, -1)) || occupationEnding.test(noun.slice(0, -1))))
  )
}

/** Given names that settle the type of a name that stands alone. */
export const givenNames: ReadonlySet<string> = wordSet(
  `aaron abdul abigail adam adrian ahmed aisha aiko akira alan albert alejandro alex alexander alexandra alexis alfred ali alice alicia alison amanda amelia amir amit amy ana anastasia andre andrea andreas andrew andy angela anita anja ann anna anne annette anthony antoine anton antonio
  ananya arjun arthur arun ashley asha audrey austin ava barbara beatrice becky ben benjamin bernard beth bill billy bob bobby brad brandon brenda brian bruce bruno caitlin calvin cameron camila carl carla carlos carmen carol caroline catherine cathy charles charlie charlotte chen cheryl chloe
  chris christian christina christine christopher claire clara claudia clare colin connor craig cynthia daisy dan daniel daniela danny darren dave david dawn dean deborah denise dennis derek diana diane diego dmitri dominic don donald donna dora doris dorothy doug douglas duncan dylan ed eddie edgar edith
  edward eileen elaine elena eleanor eli elias elijah elisa elizabeth ella ellen ellie emil emily emma eric erica erik erin esther ethan eva evan evelyn fatima felix fiona florence florian frances francis francesca francisco frank fred frederick gabriel gary gavin gemma george gerald gina giovanni giulia
  gloria gordon grace graham greg gregory gustav guy hannah hans harold harriet harry hassan heather heidi helen helene henry holly howard hugh hugo ian ibrahim igor imran ines ingrid irene iris isaac isabel isabella ivan jack jackie jackson jacob jacqueline jake james jamie jan jane janet janice jasmine jason
  jay jean jeff jeffrey jennifer jenny jeremy jerry jesse jessica jill jim jimmy joan joanna joanne joe joel john johnny jon jonathan jordan jorge jose joseph josh joshua joyce juan judith judy julia julian julie june karen karl karthik kate katherine kathleen kathy katie katrin keith kelly ken kenneth kevin khalid kim
  klaus kristen kurt kyle lars laura lauren laurence lawrence leah lee leila lena leo leon leonard lewis liam lily linda lisa liz lorenzo louis louise lucas lucia lucy luis luke lydia lynn madison magdalena manuel marc marco marcus margaret maria marie marina mario mark marta martha martin marvin mary mason mateo matt matthew
  maureen max maya megan mehmet mei melanie melissa mia michael michelle miguel mike mila mina miriam mohammed mohamed molly monica morgan muhammad nadia nancy naomi natalia natalie natasha nathan neil nicholas nick nicole nigel nikhil nina noah noor nora norman oksana oleg oliver olivia omar oscar pablo pamela
  patricia patrick paul paula pedro peggy penelope peter phil philip phoebe pierre priya rachel rafael rahul raj rajesh ralph ravi ray raymond rebecca rhys ricardo richard rick rita ritika rob robert roberta robin rodrigo roger roland ron ronald rory rosa rosemary ross roy russell ruth ryan sabrina said salma sally sam samantha
  samuel sandra sanjay sara sarah sasha scott sean sebastian sergei seth shannon sharon sheila shirley simon sofia sonia sophia sophie stacy stanley stefan stella stephanie stephen steve steven stuart sue sunil susan suzanne svetlana sylvia tamara tanya tara ted teresa terry thomas tim timothy tina todd tom tomas tommy tony tracy
  trevor tyler ursula valentina vanessa vera veronica victor victoria vijay vikram vincent violet virginia vladimir walter wanda wayne wendy wesley will william xavier yasmin yuki yusuf zach zachary zara zoe`,
)
