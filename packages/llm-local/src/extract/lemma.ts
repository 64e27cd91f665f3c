/** Where the lemma of the language model is another word's, or the word was taken for a noun. */
const mended = new Map(
  `live lives lived living; leave left leaves; found founded founding; base based; bear born; be am is are was were been being 'm 're 's; have 've has had having;
  can ca; will wo 'll; would 'd; go went gone goes going; get got gotten gets getting; teach teaches taught; study studies studied studying; bake bakes; drive drives drove driven driving;
  work works worked working; love loves loved loving; play plays played playing; marry married marries marrying; die died dies dying; pass passed passes; move moved moves moving;
  tutor tutored tutoring; cycle cycles; name named; call called; star starred starring; lie lies lay lain lying; write wrote written writes writing; do did does doing done;
  make made makes making; see saw seen sees seeing; retire retired; join joined joins joining; like likes liked; hate hates hated; own owns owned; have haved; fly flew flown flies flying`
    .split(';')
    .flatMap((line) => {
      const [lemma = '', ...forms] = line.trim().split(/\s+/)
      return forms.map((form): [string, string] => [form, lemma])
    }),
)

/** The base form of a verb. */
export function verbLemma(lower: string, ofModel: string): string {
  const known = mended.get(lower)
  if (known !== undefined) return known
  if (ofModel === lower && /[^aeious]s$/.test(lower)) return lower.slice(0, -1)
  return ofModel
}
