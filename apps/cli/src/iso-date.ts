import { refusal } from './refusal.ts'

const iso = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** Whether a text is an ISO 8601 date, with or without a time, that exists. */
export function isIsoDate(text: string): boolean {
  if (!iso.test(text) || Number.isNaN(Date.parse(text))) return false
  // The platform reads 30 February as 1 March.
  const day = text.slice(0, 10)
  return day.length < 10 || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

/** The value of an option that is a date. @throws GraphMemError `INPUT_INVALID` */
export function dateOption(flag: string): (text: string) => string {
  return (text) => {
    if (isIsoDate(text)) return text
    throw refusal(flag, `${flag} is not a date. Write 2024, 2024-03, 2024-03-02 or 2024-03-02T10:00Z; a time without a zone is UTC.`)
  }
}
