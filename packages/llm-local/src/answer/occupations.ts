const plain = new Set(
  `chef cook nurse vet pilot judge clerk deckhand cop dean lead head intern apprentice trainee assistant nanny guard coach guide model monk nun priest imam
  rabbi vicar soldier analyst midwife housewife chief executive ceo cto cfo coo dev rep temp dj mp pa gp technician mechanic barista student undergrad
  postdoc postgrad professor surgeon dietician paramedic bookkeeper buyer diplomat architect artist au-pair bartender barkeep tailor counsellor counselor
  solicitor barrister florist plumber roofer welder porter farmer fisherman postman milkman fireman policeman policewoman businessman businesswoman salesman
  saleswoman stewardess hostess actress waitress seamstress sailor author tutor actor editor inspector operator doctor advisor adviser translator interpreter
  consultant accountant agent attendant sergeant lieutenant merchant superintendent president scientist physicist musician librarian politician optician
  electrician magician statistician physician historian comedian beautician freelancer contractor jeweller joiner carpenter bricklayer potter cleaner
  caretaker hairdresser barber butcher baker grocer cashier cobbler courier drover trucker lorry-driver docker miner logger ranger warden officer marine
  minister ambassador attorney lawyer paralegal notary receptionist secretary typist programmer coder developer engineer designer planner researcher
  lecturer teacher principal headteacher instructor trainer umpire referee goalkeeper footballer boxer jockey stylist therapist psychologist psychiatrist
  physiotherapist physio dentist hygienist pharmacist chemist radiographer optometrist podiatrist chiropractor masseuse osteopath carer caregiver
  childminder babysitter usher steward concierge bellboy valet chauffeur cabbie conductor dispatcher packer picker welder fitter glazier plasterer
  scaffolder surveyor estimator foreman supervisor manager director producer composer conductor songwriter singer drummer guitarist pianist cellist
  violinist dancer choreographer painter sculptor illustrator animator photographer cameraman journalist reporter columnist blogger vlogger youtuber
  streamer influencer publisher printer bookbinder bookseller teller banker broker trader auditor actuary underwriter economist entrepreneur founder
  owner landlord realtor recruiter marketer strategist copywriter proofreader archivist curator conservator restorer watchmaker locksmith blacksmith
  goldsmith silversmith shipwright gardener landscaper groundskeeper beekeeper shepherd rancher vintner winemaker brewer distiller sommelier`.split(
    /\s+/,
  ),
)
const no = new Set(
  `sister mother father brother daughter stepmother stepfather grandmother grandfather member winner lover starter beginner believer stranger number teenager
  partner foreigner newcomer survivor swimmer runner reader gamer walker hiker eater sleeper supporter vegetarian christian humanitarian parent adult patient
  resident immigrant giant descendant participant owner person woman man human gentleman smoker drinker dreamer earner listener talker learner griever
  hoarder quitter listener follower outsider insider loner kidder finalist optimist pessimist perfectionist feminist minimalist collector collaborator
  cancer matter order offer power summer winter dinner letter corner river flower paper water answer error mirror favor color colour flavor floor door
  moment student-loan restaurant apartment event present accident incident talent client parent elephant plant grant want front amount point hint
  scooter computer roller beaver badger tiger panther hamster lobster monster poster filter buffer burger bummer downer thriller killer blister
  player rower climber surfer skier snowboarder cyclist bather morning-person commuter renter homeowner voter citizen local native veteran pensioner
  retiree widow widower bachelor twin divorcee virgin leo libra taurus pacifist atheist buddhist guitarist-fan foodie`.split(/\s+/),
)

/** Whether a noun phrase names what somebody does for a living, by its last word. */
export function isOccupation(phrase: string): boolean {
  const head =
    phrase
      .toLowerCase()
      .split(/\s+/)
      .at(-1)
      ?.replace(/^(?:.*-)?(?=\p{L}+$)/u, '') ?? ''
  if (head === '') return false
  if (plain.has(head)) return true
  if (no.has(head)) return false
  return /(?:[^e]er|or|ist|ician|arian|man|woman|eer|smith|wright|keeper|maker|worker)$/.test(head) && head.length > 4
}
