import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TurnInput } from '@graphmem/core'

/** A conversation of two people, in the order of its turns. */
export interface Conversation {
  readonly speakers: readonly string[]
  readonly turns: readonly TurnInput[]
  readonly sessions: number
}

interface Line {
  readonly conversation: string
  readonly session: number
  readonly date: string
  readonly speaker: string
  readonly text: string
  /** Of a photo that was shared. */
  readonly caption?: string
}

/** The first conversation of LoCoMo, where the data sets are present: in GRAPHMEM_DATASETS, else beside the repository. */
export function firstConversation(): Conversation | undefined {
  const { GRAPHMEM_DATASETS: datasets = fileURLToPath(new URL('../../../../../shared/datasets', import.meta.url)) } = process.env
  const path = join(datasets, 'locomo', 'corpus.jsonl')
  if (!existsSync(path)) return undefined
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const own = lines.filter(({ conversation }) => conversation === lines[0]?.conversation)
  return {
    speakers: [...new Set(own.map(({ speaker }) => speaker))],
    turns: own.map(turnOf),
    sessions: new Set(own.map(({ session }) => session)).size,
  }
}

function turnOf({ session, date, speaker, text, caption }: Line): TurnInput {
  const content = caption === undefined ? text : `${text} [shares ${caption}]`
  return { name: speaker, content, session: String(session), at: dateOf(date) }
}

/** "1:56 pm on 8 May, 2023", taken as UTC. */
function dateOf(text: string): Date {
  const [, hour = '', minute = '', half = '', day = '', month = '', year = ''] =
    /^(\d+):(\d+) (am|pm) on (\d+) (\w+), (\d+)$/.exec(text) ?? []
  return new Date(`${day} ${month} ${year} ${(Number(hour) % 12) + (half === 'pm' ? 12 : 0)}:${minute} UTC`)
}
