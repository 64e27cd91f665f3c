/** English words that carry no content of their own, folded; with the halves that an apostrophe cuts off ("don't" is "don" and "t"). */
export const stopWords: ReadonlySet<string> = new Set(
  `a an and are as at be been but by did do does for from had has have he her hers him his how i if in into is it its me my of on or our s she
  so than that the their them then there these they this those to was we were what when where which who whom whose why will with would you your
  am t d m re ve ll`.split(/\s+/),
)
