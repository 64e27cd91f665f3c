import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const script = fileURLToPath(new URL('../examples/one-variable/two-users.ts', import.meta.url))

/** What the example prints on the store that variables name. */
export async function printedWith(variables: Readonly<Record<`GRAPHMEM_${string}`, string>>): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GRAPHMEM_'))
  const env = { ...Object.fromEntries(inherited), ...variables }
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=graphmem-source', script], { env })
  return stdout
}
