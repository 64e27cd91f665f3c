import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { mutated, repository, type SourceMutant } from './source-mutants.ts'

/** From now on the files of a mutant are loaded as it has them. */
export function loadAs(mutant: SourceMutant): void {
  const files = new Map(mutant.edits.map(({ file }) => [pathToFileURL(join(repository, file)).href, file]))
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      const file = files.get(url)
      if (file === undefined) return loaded
      const text = loaded.source instanceof Uint8Array ? Buffer.from(loaded.source).toString() : String(loaded.source)
      const source = mutated(file, text, mutant)
      if (source === text) throw new Error(`${file} is not as it was when the mutant was made`)
      return { ...loaded, source }
    },
  })
}
