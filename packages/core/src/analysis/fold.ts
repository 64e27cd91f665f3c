/** Letters of scripts in which a mark alone does not make another letter. */
const marked = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu

/**
 * Lower case without marks: "São" and "SAO" fold to "sao". In other scripts marks stay: they are the vowels of Devanagari and Thai, and tell kana
 * and Cyrillic letters apart.
 */
export function fold(text: string): string {
  // Nearly all text is plain ASCII, which has no marks to take off.
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replace(marked, '$1').toLowerCase().normalize('NFKC')
}
