import type { TimeOptions } from '@graphmem/core'
import { Option } from 'commander'
import { dateOption } from '../iso-date.ts'
import { refusal } from '../refusal.ts'

/** The options that say which moment is asked about. */
export interface TimeChoice {
  readonly asOf?: string
  readonly knownAt?: string
  readonly history?: true
}

export function timeOptions({ asOf, knownAt, history }: TimeChoice): TimeOptions {
  return {
    ...(asOf === undefined ? {} : { asOf }),
    ...(knownAt === undefined ? {} : { knownAt }),
    ...(history === undefined ? {} : { history }),
  }
}

export function asOfOption(): Option {
  return new Option('--as-of <date>', 'what held in the world at that moment').argParser(dateOption('--as-of'))
}

export function knownAtOption(): Option {
  return new Option('--known-at <date>', 'what the memory believed at that moment').argParser(dateOption('--known-at'))
}

export function historyOption(): Option {
  return new Option('--history', 'facts of all times, ended ones too').conflicts('asOf')
}

/** A whole number from 1 to `max`. */
export function limitOption(description: string, max: number): Option {
  return new Option('--limit <number>', description).argParser((text) => {
    const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0
    if (limit < 1 || limit > max) throw refusal('limit', `--limit is not a whole number from 1 to ${max.toLocaleString('en')}.`)
    return limit
  })
}
