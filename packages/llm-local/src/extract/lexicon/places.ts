import { termSet, wordMap, wordSet } from './words.ts'

/** Countries, large regions, states and large cities, in lower case. */
export const places: ReadonlySet<string> = termSet(
  `afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas|bahrain|bangladesh|barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia|bosnia and herzegovina|botswana|brazil|brunei|bulgaria|burkina faso|burundi|cambodia|cameroon|canada|cape verde|chad|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus|czech republic|czechia|denmark|djibouti|dominica|dominican republic|ecuador|egypt|el salvador|england|eritrea|estonia|ethiopia|fiji|finland|france|gabon|gambia|georgia|germany|ghana|greece|greenland|grenada|guatemala|guinea|guyana|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq|ireland|northern ireland|israel|italy|ivory coast|jamaica|japan|jordan|kazakhstan|kenya|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|madagascar|malawi|malaysia|maldives|mali|malta|mauritania|mauritius|mexico|moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|burma|namibia|nauru|nepal|netherlands|holland|new zealand|nicaragua|niger|nigeria|north korea|north macedonia|norway|oman|pakistan|palau|palestine|panama|papua new guinea|paraguay|peru|philippines|poland|portugal|puerto rico|qatar|romania|russia|rwanda|samoa|saudi arabia|scotland|senegal|serbia|seychelles|sierra leone|singapore|slovakia|slovenia|somalia|south africa|south korea|korea|spain|sri lanka|sudan|suriname|sweden|switzerland|syria|taiwan|tajikistan|tanzania|thailand|tibet|togo|tonga|trinidad|tunisia|turkey|turkmenistan|uganda|ukraine|united arab emirates|uae|united kingdom|uk|u.k.|united states|united states of america|usa|u.s.|us|u.s.a.|america|uruguay|uzbekistan|vanuatu|vatican city|venezuela|vietnam|wales|yemen|zambia|zimbabwe|soviet union|ussr|yugoslavia|czechoslovakia|prussia|ottoman empire|roman empire`,
  `europe|asia|africa|antarctica|oceania|north america|south america|latin america|central america|middle east|scandinavia|caribbean|mediterranean|balkans|siberia|bavaria|saxony|catalonia|andalusia|brittany|normandy|provence|tuscany|sicily|sardinia|lombardy|crimea|manchuria|punjab|bengal|west bengal|kerala|tamil nadu|karnataka|maharashtra|gujarat|rajasthan|bihar|goa|uttar pradesh|andhra pradesh|odisha|assam|kashmir|hokkaido|ontario|quebec|british columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick|newfoundland|queensland|victoria|new south wales|tasmania|cornwall|devon|kent|sussex|surrey|essex|yorkshire|lancashire|cumbria|norfolk|suffolk|dorset|somerset|hampshire`,
  `alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming|new england|district of columbia`,
  `london|paris|berlin|madrid|barcelona|rome|milan|naples|florence|venice|turin|vienna|prague|brno|budapest|warsaw|kraków|krakow|moscow|saint petersburg|st. petersburg|st petersburg|kyiv|kiev|odessa|athens|istanbul|ankara|lisbon|porto|dublin|cork|galway|belfast|edinburgh|glasgow|aberdeen|dundee|cardiff|swansea|manchester|liverpool|leeds|sheffield|birmingham|bristol|bath|oxford|cambridge|brighton|york|nottingham|leicester|newcastle|southampton|portsmouth|plymouth|norwich|coventry|amsterdam|rotterdam|utrecht|the hague|delft|eindhoven|brussels|antwerp|ghent|bruges|copenhagen|aarhus|stockholm|gothenburg|malmö|oslo|bergen|helsinki|reykjavik|tallinn|riga|vilnius|munich|hamburg|cologne|frankfurt|stuttgart|düsseldorf|leipzig|dresden|bonn|tübingen|zurich|zürich|geneva|basel|bern|lausanne|lyon|marseille|nice|toulouse|bordeaux|lille|nantes|strasbourg|seville|valencia|bilbao|granada|tbilisi|yerevan|baku|bucharest|sofia|belgrade|zagreb|ljubljana|sarajevo|tel aviv|jerusalem|haifa|beirut|damascus|baghdad|tehran|riyadh|jeddah|dubai|abu dhabi|doha|cairo|alexandria|casablanca|rabat|tunis|algiers|lagos|abuja|accra|nairobi|kampala|addis ababa|johannesburg|cape town|durban|pretoria|mumbai|bombay|delhi|new delhi|bangalore|bengaluru|chennai|madras|hyderabad|kolkata|calcutta|pune|ahmedabad|jaipur|kochi|karachi|lahore|islamabad|dhaka|kathmandu|colombo|bangkok|chiang mai|hanoi|ho chi minh city|saigon|phnom penh|kuala lumpur|penang|ipoh|jakarta|bali|manila|cebu|hong kong|macau|taipei|beijing|shanghai|shenzhen|guangzhou|chengdu|wuhan|nanjing|seoul|busan|tokyo|osaka|kyoto|sapporo|nagoya|yokohama|hiroshima|nagasaki|sydney|melbourne|brisbane|perth|adelaide|canberra|hobart|auckland|wellington|christchurch|toronto|montreal|vancouver|ottawa|calgary|edmonton|winnipeg|halifax|new york city|nyc|brooklyn|manhattan|queens|the bronx|los angeles|la|san francisco|sf|san diego|san jose|oakland|sacramento|seattle|portland|denver|boulder|salt lake city|las vegas|phoenix|tucson|austin|dallas|houston|san antonio|fort worth|chicago|detroit|cleveland|columbus|cincinnati|indianapolis|milwaukee|minneapolis|st. louis|st louis|kansas city|nashville|memphis|new orleans|baton rouge|atlanta|miami|orlando|tampa|jacksonville|charlotte|raleigh|richmond|baltimore|washington, d.c.|washington dc|d.c.|philadelphia|pittsburgh|boston|providence|hartford|buffalo|albany|honolulu|anchorage|mexico city|guadalajara|havana|kingston|bogotá|bogota|medellín|caracas|quito|lima|santiago|buenos aires|montevideo|são paulo|sao paulo|rio de janeiro|rio|recife|brasília|salvador|hollywood|silicon valley|louisville|omaha|tulsa|mobile`,
)

/** What a person, thing or language of somewhere is called: the adjectives by their countries. */
export const nationalities: ReadonlySet<string> = wordSet(
  `afghan albanian algerian american angolan argentine argentinian armenian australian austrian azerbaijani bangladeshi belarusian belgian bolivian bosnian brazilian british bulgarian burmese cambodian cameroonian canadian chilean chinese colombian congolese croatian cuban cypriot czech danish dominican dutch ecuadorian
  egyptian english eritrean estonian ethiopian european filipino finnish flemish french georgian german ghanaian greek guatemalan haitian hawaiian hungarian icelandic indian indonesian iranian iraqi irish israeli italian jamaican japanese jewish jordanian kazakh kenyan korean kurdish kuwaiti latvian lebanese libyan lithuanian
  macedonian malaysian maltese mexican moldovan mongolian moroccan nepalese nepali nigerian norwegian pakistani palestinian panamanian paraguayan persian peruvian polish portuguese puerto romanian russian rwandan salvadoran saudi scottish senegalese serbian singaporean slovak slovenian somali spanish swedish swiss syrian taiwanese
  tanzanian thai tibetan tunisian turkish ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean african asian arab arabic latin latino hispanic scandinavian soviet prussian ottoman roman byzantine bavarian catalan basque breton cornish sicilian bengali tamil telugu gujarati punjabi marathi kannada
  malayalam hindi urdu yoruba igbo zulu swahili mandarin cantonese hebrew yiddish farsi tagalog gaelic maori aboriginal texan californian parisian catholic christian muslim protestant buddhist hindu anglican methodist lutheran baptist presbyterian orthodox sikh islamic`,
)

/** Adjectives of belief among the {@link nationalities}: they say no country. */
export const faiths: ReadonlySet<string> = wordSet(
  'catholic christian muslim protestant buddhist hindu anglican methodist lutheran baptist presbyterian orthodox sikh islamic jewish',
)

/** The last, or first, word of the name of a place. */
export const placeHeads: ReadonlySet<string> = wordSet(
  `river lake sea ocean bay gulf strait island islands isle isles peninsula cape mount mountain mountains hill hills valley desert forest park county city town village township borough district province region state states territory prefecture
  parish municipality governorate oblast raion kingdom empire republic street road avenue boulevard square lane drive highway bridge airport station port harbour harbor beach coast creek falls canyon glacier plateau reef garden gardens castle palace
  tower fort fortress stadium arena dam basin range ranges plain plains woods heights springs plaza building peak ridge county canal reservoir commonwealth dominion area zone`,
)

/** Words for kinds of places, to read "X is a village in Y" as where X is. */
export const placeKinds: ReadonlyMap<string, string> = wordMap(
  [
    ...placeHeads,
    'country',
    'capital',
    'suburb',
    'neighbourhood',
    'neighborhood',
    'settlement',
    'commune',
    'community',
    'hamlet',
    'seat',
    'school',
    'university',
    'college',
    'church',
    'museum',
    'hotel',
    'hospital',
    'locality',
    'ward',
    'unincorporated',
    'mine',
    'farm',
    'cathedral',
    'temple',
    'mosque',
    'monastery',
    'abbey',
    'library',
    'theatre',
    'theater',
    'line',
    'route',
    'stream',
    'tributary',
    'house',
    'estate',
    'subdivision',
    'division',
    'constituency',
    'homestead',
    'place',
    'mall',
    'centre',
    'center',
    'prison',
    'restaurant',
    'company',
    'club',
    'team',
    'band',
    'organization',
    'organisation',
    'newspaper',
    'studio',
    'factory',
  ]
    .map((word) => `place: ${word}`)
    .join(';'),
)
