import { GraphMemError, isoInstant } from '@graphmem/core'
import { refusal } from './refusal.ts'

/** Whether a text is an ISO 8601 date, with or without a time, that exists. */
export function isIsoDate(text: string): boolean {
  try {
    isoInstant(text, 'date')
    return true
  } catch (error) {
    if (GraphMemError.is(error)) return false
    throw error
  }
}

/** The value of an option that is a date. @throws GraphMemError `INPUT_INVALID` */
export function dateOption(flag: string): (text: string) => string {
  return (text) => {
    if (isIsoDate(text)) return text
    throw refusal(flag, `${flag} is not a date. Write 2024, 2024-03, 2024-03-02 or 2024-03-02T10:00Z; a time without a zone is UTC.`)
  }
}
