import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A passage with a title, of 2wiki-dev, hotpot-dev or musique-dev. */
export interface CorpusPassage {
  readonly id: string
  readonly title: string
  readonly text: string
}

/** A turn of a LoCoMo conversation. */
export interface CorpusTurn {
  /** Unique within its conversation. */
  readonly id: string
  readonly conversation: string
  readonly session: number
  /** As "1:56 pm on 8 May, 2023". */
  readonly date: string
  readonly speaker: string
  readonly text: string
  /** Of the photo that was shared. */
  readonly caption?: string
}

export interface DatasetQuery {
  readonly id: string
  readonly question: string
  readonly answer?: string | number
  readonly type: string
  /** The ids of the passages or turns that hold the evidence. */
  readonly gold: readonly string[]
  readonly conversation?: string
}

/** `GRAPHMEM_DATASETS`, else `../shared/datasets` beside the repository. */
export function datasetsFolder(): string {
  const { GRAPHMEM_DATASETS } = process.env
  return GRAPHMEM_DATASETS ?? fileURLToPath(new URL('../../../shared/datasets', import.meta.url))
}

/** A file of a dataset; the last two are what models extracted from `musique-dev` and `locomo`. */
export type DatasetFile = 'corpus' | 'queries' | 'openie-gpt-3.5' | 'facts-gpt-3.5'

export function hasDataset(name: string): boolean {
  return hasFile(name, 'corpus')
}

export function hasFile(name: string, file: DatasetFile): boolean {
  return existsSync(resolve(datasetsFolder(), name, `${file}.jsonl`))
}

/** One file of a dataset, a value a line. */
export async function readLines<T>(name: string, file: DatasetFile): Promise<readonly T[]> {
  const text = await readFile(resolve(datasetsFolder(), name, `${file}.jsonl`), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
