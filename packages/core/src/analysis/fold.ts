/** Lower case without marks: "São" and "SAO" fold to "sao". */
export function fold(text: string): string {
  // Nearly all text is plain ASCII, which has no marks to take off.
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
