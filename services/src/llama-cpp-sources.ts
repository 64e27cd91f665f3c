import { join } from 'node:path'
import { buildStep } from './build-step.ts'
import { cachedFolder } from './cached-folder.ts'
import { exactly, pip } from './python.ts'

export const llamaCppVersion = '0.3.36'

const hash = '832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e'

/** The source distribution of llama-cpp-python, and of llama.cpp in it the folder of foreign headers, which Go's module of Ollama is without. */
export async function llamaCppSources(): Promise<{ readonly archive: string; readonly headers: string }> {
  const [name, inside] = [`llama_cpp_python-${llamaCppVersion}`, 'vendor/llama.cpp/vendor']
  const folder = await cachedFolder(`llama-cpp-python-sources@${llamaCppVersion}`, async (draft) => {
    const exact = await exactly([`llama-cpp-python==${llamaCppVersion} --hash=sha256:${hash}`], draft)
    await pip(['download', '--no-binary', 'llama-cpp-python', '--dest', draft, ...exact])
    await buildStep('tar', ['-xzf', join(draft, `${name}.tar.gz`), '-C', draft, `${name}/${inside}`])
  })
  return { archive: join(folder, `${name}.tar.gz`), headers: join(folder, name, inside) }
}
