import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { cachedFolder } from '@graphmem/services/cached-folder'
import { orMissing } from '@graphmem/services/or-missing'
import { pip, pythonVersion } from '@graphmem/services/python'
import { ServiceMissing } from '@graphmem/services/service'

/** What is told to schemathesis: packages, settings, hooks. */
export const fuzzFolder: string = fileURLToPath(new URL('../../fuzz/', import.meta.url))

/** The folder of the Python packages of schemathesis, in the user's cache: exactly those of `requirements.txt`. @throws ServiceMissing */
export async function schemathesisPackages(): Promise<string> {
  return orMissing(
    (reason) => new ServiceMissing('schemathesis', reason),
    async () => {
      const version = await pythonVersion(11)
      const requirements = `${fuzzFolder}requirements.txt`
      const hash = createHash('sha256')
        .update(await readFile(requirements))
        .digest('hex')
        .slice(0, 12)
      return cachedFolder(`schemathesis-${hash}-python${version}`, async (draft) => {
        console.error('fetching schemathesis, once')
        await pip(['install', '--only-binary', ':all:', '--no-deps', '--require-hashes', '--requirement', requirements, '--target', draft])
      })
    },
  )
}
