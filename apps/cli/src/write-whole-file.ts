import { randomUUID } from 'node:crypto'
import { link, open, rename, rm } from 'node:fs/promises'
import { refusal } from './refusal.ts'

/**
 * Writes lines to a file that its owner alone can read. Beside its place first: what has the name of the file is whole. Returns how many lines it has.
 *
 * @param options.force overwrites a file that is there.
 * @throws GraphMemError `INPUT_INVALID` when there is one by then, which stays as it is.
 */
export async function writeWholeFile(
  path: string,
  lines: AsyncIterable<string> | Iterable<string>,
  { force }: { readonly force: boolean },
): Promise<number> {
  const draft = `${path}.${randomUUID()}.part`
  const file = await open(draft, 'wx', 0o600)
  try {
    let count = 0
    let pending = ''
    for await (const line of lines) {
      count += 1
      pending += line
      if (pending.length < 1 << 20) continue
      // Unlike `write`, it goes on after what a nearly full disk took in part.
      await file.appendFile(pending)
      pending = ''
    }
    await file.appendFile(pending)
    await file.sync()
    await file.close()
    if (force) await rename(draft, path)
    else await giveNewName(draft, path)
    return count
  } catch (error) {
    await file.close().catch(() => undefined)
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

export function alreadyThere(path: string, cause?: unknown): Error {
  return refusal('out', `${path} is there already: give another, or --force.`, cause)
}

/** Unlike a rename, a link overwrites nothing. */
async function giveNewName(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere(path, error)
    // Not every file system has links: there the name is taken first, by an empty file.
    const taken = await open(path, 'wx', 0o600).catch((failure: NodeJS.ErrnoException) => {
      throw failure.code === 'EEXIST' ? alreadyThere(path, failure) : error
    })
    await taken.close()
    await rename(draft, path)
  }
}
