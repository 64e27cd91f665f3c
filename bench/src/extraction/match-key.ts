/** The form in which two names are the same: folded, without punctuation and a leading article. */
export function matchKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the (?=.)/, '')
}

/** Whether a name is written with a capital, as names in English are. */
export function isCapitalised(text: string): boolean {
  return /^\p{Lu}/u.test(text)
}
