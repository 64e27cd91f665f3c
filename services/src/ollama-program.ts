import { arch } from 'node:os'
import { join } from 'node:path'
import { buildStep } from './build-step.ts'
import { cachedFolder } from './cached-folder.ts'
import { hasCommand } from './debian-package.ts'
import { llamaCppSources } from './llama-cpp-sources.ts'

export const ollamaVersion = '0.17.4'

/** Where the program is, compiled by the first call on a machine. @throws Error that says what to install */
export async function ollamaProgram(): Promise<string> {
  const folder = await cachedFolder(`ollama@${ollamaVersion}`, async (draft) => {
    if (!hasCommand('go')) throw new Error('install Go 1.24 or later')
    if (!hasCommand('c++')) throw new Error('install a C++ compiler')
    const { headers } = await llamaCppSources()
    console.error(`compiling Ollama ${ollamaVersion}, once: ten minutes or more`)
    const flags = arch() === 'x64' ? '-O3 -mavx2 -mfma -mf16c' : '-O3'
    await buildStep('go', ['install', `github.com/ollama/ollama@v${ollamaVersion}`], {
      ...{ GOBIN: draft, GOFLAGS: '-mod=mod', CGO_ENABLED: '1' },
      ...{ CGO_CPPFLAGS: `-I${headers}`, CGO_CFLAGS: flags, CGO_CXXFLAGS: flags },
    })
  })
  return join(folder, 'ollama')
}
