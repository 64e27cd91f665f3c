import { monthNames } from '../../month-names.ts'

// Each word can be read in one way only: a text of many names, or of many hyphens, is read in linear time.
const capital = "\\p{Lu}[\\p{L}\\p{M}\\d'’.-]*"
const small = '(?:(?:de|da|do|dos|das|di|du|del|della|la|le|el|al|bin|ibn|van|von|der|den|of|the|and the|y|zu|af|til|ter|ten)\\s+){0,2}'
const rank =
  '(?:\\d+(?:st|nd|rd|th)|Duke|Count|Countess|King|Queen|Prince|Princess|Earl|Marquess|Marquis|Margrave|Lord|Lady|Baron|Baroness|Duchess|Emperor|Landgrave|Elector|Viscount)'
const months = `(?!(?:${monthNames.join('|')})\\b)`

/** Of one name in running text: "Ludwig van Beethoven", "Thomas Stanley, 1st Earl of Derby". For patterns with the flag `u`. */
export const namePattern: string = `${months}${capital}(?:\\s+${small}(?:${capital}|\\d+\\b))*(?:,\\s+${rank}(?:\\s+(?:of\\s+(?:the\\s+)?)?${capital})*)?`

/** Of a place, with what it lies in: "Columbiana, Alabama". */
export const placePattern: string = `${months}${capital}(?:\\s${small}${capital})*(?:,\\s+${months}${capital}(?:\\s${small}${capital})*){0,2}`
