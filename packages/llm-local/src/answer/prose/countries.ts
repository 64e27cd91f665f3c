/** Countries and what is of them, each followed by its adjective and its other names. */
const lines = `
Afghanistan Afghan; Albania Albanian; Algeria Algerian; Angola Angolan; Argentina Argentine Argentinian; Armenia Armenian; Australia Australian; Austria Austrian; Azerbaijan Azerbaijani;
Bahrain Bahraini; Bangladesh Bangladeshi; Belarus Belarusian; Belgium Belgian Flemish; Bolivia Bolivian; Bosnia_and_Herzegovina Bosnian; Botswana Motswana; Brazil Brazilian; Bulgaria Bulgarian; Cambodia Cambodian; Cameroon Cameroonian;
Canada Canadian; Chile Chilean; China Chinese; Colombia Colombian; Costa_Rica Costa_Rican; Croatia Croatian; Cuba Cuban; Cyprus Cypriot; Czech_Republic Czech Czechia; Denmark Danish; Djibouti Djiboutian; Dominican_Republic Dominican;
Ecuador Ecuadorian; Egypt Egyptian; El_Salvador Salvadoran; Eritrea Eritrean; Estonia Estonian; Ethiopia Ethiopian; Finland Finnish; France French; Georgia Georgian; Germany German; Ghana Ghanaian; Greece Greek; Guatemala Guatemalan;
Haiti Haitian; Honduras Honduran; Hong_Kong; Hungary Hungarian; Iceland Icelandic; India Indian; Indonesia Indonesian; Iran Iranian Persian; Iraq Iraqi; Ireland Irish; Israel Israeli; Italy Italian; Jamaica Jamaican; Japan Japanese;
Jordan Jordanian; Kazakhstan Kazakh; Kenya Kenyan; Kosovo Kosovan; Kuwait Kuwaiti; Laos Lao Laotian; Latvia Latvian; Lebanon Lebanese; Liberia Liberian; Libya Libyan; Lithuania Lithuanian; Luxembourg Luxembourgish;
Madagascar Malagasy; Malaysia Malaysian; Mali Malian; Malta Maltese; Mexico Mexican; Moldova Moldovan; Mongolia Mongolian; Montenegro Montenegrin; Morocco Moroccan; Mozambique Mozambican; Myanmar Burmese Burma; Namibia Namibian; Nepal Nepalese Nepali;
Netherlands Dutch The_Netherlands Holland; New_Zealand; Nicaragua Nicaraguan; Niger Nigerien; Nigeria Nigerian; North_Korea North_Korean; North_Macedonia Macedonian Macedonia; Norway Norwegian; Oman Omani; Pakistan Pakistani; Palestine Palestinian; Panama Panamanian;
Paraguay Paraguayan; Peru Peruvian; Philippines Filipino Philippine The_Philippines; Poland Polish; Portugal Portuguese; Qatar Qatari; Romania Romanian; Russia Russian; Rwanda Rwandan; Saudi_Arabia Saudi; Senegal Senegalese; Serbia Serbian; Singapore Singaporean;
Slovakia Slovak; Slovenia Slovenian Slovene; Somalia Somali; South_Africa South_African; South_Korea South_Korean Korean; Soviet_Union Soviet USSR; Spain Spanish; Sri_Lanka Sri_Lankan; Sudan Sudanese; Sweden Swedish; Switzerland Swiss; Syria Syrian; Taiwan Taiwanese; Tanzania Tanzanian;
Thailand Thai; Tunisia Tunisian; Turkey Turkish; Uganda Ugandan; Ukraine Ukrainian; United_Arab_Emirates Emirati UAE; United_Kingdom British UK Britain Great_Britain; United_States American US U.S. USA U.S.A. The_United_States United_States_of_America;
England English; Scotland Scottish Scots; Wales Welsh; Northern_Ireland Northern_Irish; Uruguay Uruguayan; Uzbekistan Uzbek; Venezuela Venezuelan; Vietnam Vietnamese; Yemen Yemeni; Yugoslavia Yugoslav Yugoslavian; Zambia Zambian; Zimbabwe Zimbabwean`

const spaced = (word: string): string => word.replaceAll('_', ' ')
const byWord = new Map(
  lines.split(';').flatMap((line) => {
    const words = line.trim().split(' ').map(spaced)
    const [country = ''] = words
    return words.map((word): [string, string] => [word, country])
  }),
)
const adjectives = new Set(
  lines.split(';').flatMap((line) => {
    const adjective = line.trim().split(' ')[1]
    return adjective === undefined ? [] : [spaced(adjective)]
  }),
)
const pattern = new RegExp(
  `(?<![\\p{L}-])(?:${[...byWord.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll('.', '\\.'))
    .join('|')})(?![\\p{L}])`,
  'gu',
)

/** A word for a country or for what is of it, as a text has it. */
export interface CountryWord {
  readonly text: string
  readonly country: string
  readonly isAdjective: boolean
  readonly start: number
}

/** The country that a name is, or whose adjective it is. */
export function countryCalled(name: string): CountryWord | undefined {
  const country = byWord.get(name)
  return country === undefined ? undefined : { text: name, country, isAdjective: adjectives.has(name), start: 0 }
}

/** The countries of a text, by name or adjective, left to right. */
export function countriesIn(text: string): readonly CountryWord[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    text: match[0],
    country: byWord.get(match[0]) ?? match[0],
    isAdjective: adjectives.has(match[0]),
    start: match.index,
  }))
}

const states =
  /\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|West Virginia|Virginia|Washington|Wisconsin|Wyoming|New South Wales|Queensland|Victoria|Tasmania|South Australia|Western Australia|Bavaria|Saxony|Hesse|Brandenburg|Thuringia|Punjab|Gujarat|Kerala|Karnataka|Maharashtra|Rajasthan|Bihar|Odisha|Assam|Goa|Tamil Nadu|Andhra Pradesh|Uttar Pradesh|Madhya Pradesh|West Bengal)\b/g

/** The states of federations that a text names, left to right. */
export function statesIn(text: string): readonly string[] {
  return text.match(states) ?? []
}
