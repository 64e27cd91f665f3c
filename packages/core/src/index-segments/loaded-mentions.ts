import { Links } from './links.ts'
import { mentionAt, mentionWidth } from './part-rows.ts'
import { Parts } from './parts.ts'
import type { StringTable } from './string-table.ts'
import type { Texts } from './texts-codec.ts'

/** Where a sense is mentioned. */
export interface LoadedMention {
  readonly senseId: string
  /** Its place in `entityTypes`. */
  readonly type: number
  readonly chunk: number
  readonly name: string
}

/** The mentions of a segment: of each the number of its sense's id, its type, and the place of its name; and beside it the number of its chunk. */
export interface MentionPart {
  readonly rows: Int32Array
  readonly chunks: Int32Array
  readonly texts: Texts
}

/** The mentions of a memory, in the process. An object is made of one when it is asked for. */
export class LoadedMentions {
  readonly #senseIds: StringTable
  readonly #parts = new Parts<MentionPart>()
  /** By number of a sense's id. */
  readonly #ofSense = new Links()

  constructor(senseIds: StringTable) {
    this.#senseIds = senseIds
  }

  /** Adds those that are in a chunk which was added: −1 is the chunk of the others. */
  add(part: MentionPart): void {
    const start = this.#parts.add(part, part.chunks.length)
    for (let row = 0; row < part.chunks.length; row += 1) {
      if ((part.chunks[row] ?? -1) >= 0) this.#ofSense.push(part.rows[row * mentionWidth] ?? 0, start + row)
    }
  }

  /** Those of a sense. */
  get(senseId: string): readonly LoadedMention[] {
    return this.#ofSense.get(this.#senseIds.find(senseId) ?? -1).flatMap((number) => {
      const found = this.#parts.find(number)
      return found === undefined ? [] : this.at(found.part, found.row)
    })
  }

  /** The ids of the senses that are mentioned. */
  keys(): readonly string[] {
    return this.#senseIds.strings.filter((_, number) => this.#ofSense.has(number))
  }

  /** The mention of a row of a part. */
  at({ rows, chunks, texts }: MentionPart, row: number): LoadedMention {
    const { sense, type, name } = mentionAt(rows, row)
    return { senseId: this.#senseIds.strings[sense] ?? '', type, chunk: chunks[row] ?? -1, name: texts.at(name) }
  }
}
