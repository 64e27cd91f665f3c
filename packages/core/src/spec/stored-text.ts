const escapeCharacter = '\u001b'
const unstorable = new RegExp(`[\\0${escapeCharacter}\\p{Cs}]`, 'gu')
const escaped = new RegExp(`${escapeCharacter}([0-9a-f]{4})`, 'g')

/**
 * A text as a database can store it, for adapters that keep texts in columns or properties. Some end a text at U+0000, and UTF-8 has no half surrogate
 * pairs, so these are written as an escape character and four hexadecimal digits, as is the escape character itself; every other text stays as it is.
 */
export function toStoredText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(escapeCharacter)) return text
  return text.replace(unstorable, (unit) => `${escapeCharacter}${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The inverse of {@link toStoredText}. */
export function fromStoredText(stored: string): string {
  if (!stored.includes(escapeCharacter)) return stored
  return stored.replace(escaped, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
