import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cachedFolder } from './cached-folder.ts'
import { childServer } from './child-server.ts'
import { hasCommand } from './debian-package.ts'
import { freePort } from './free-port.ts'
import { llamaCppSources, llamaCppVersion } from './llama-cpp-sources.ts'
import { type ModelServer, namedModelServer } from './model-server.ts'
import { modelWeights } from './model-weights.ts'
import { orMissing } from './or-missing.ts'
import { pip, python, pythonVersion } from './python.ts'
import { ServiceMissing } from './service.ts'

const variable = 'GRAPHMEM_TEST_OPENAI_URL'

/**
 * llama-cpp-python's OpenAI-compatible server with SmolLM2-135M-Instruct, which asks for a key; or the server that
 * `GRAPHMEM_TEST_OPENAI_URL` names, as `http://key@host:port/v1?model=…&embeddingModel=…&dimensions=…`. The first call on a machine compiles
 * for ten minutes or more, later ones start in seconds. One request is answered after the other.
 *
 * @throws ServiceMissing
 */
export async function startLlamaServer(): Promise<ModelServer> {
  const named = namedModelServer('OpenAI-compatible server', variable)
  if (named !== undefined) return named
  const [packages, { smolLm2 }] = await orMissing(missing, async () => [await serverPackages(), await modelWeights()] as const)
  const folder = await mkdtemp(join(tmpdir(), 'graphmem-llama-server-'))
  const [port, apiKey] = [await freePort(), randomBytes(12).toString('hex')]
  const [model, embeddingModel] = ['smollm2-135m-instruct', 'smollm2-135m-instruct-embedding']
  // One thread: several wait for each other in loops, which on a busy machine takes ten times as long.
  const shared = { model: smolLm2, n_ctx: 2048, n_threads: 1, n_threads_batch: 1, logits_all: false, verbose: false }
  const settings = {
    api_key: apiKey,
    // Else a new request cuts off the stream before it.
    interrupt_requests: false,
    models: [
      { ...shared, model_alias: model },
      // Else it gives a vector for each token, where one for the text is expected: the mean.
      { ...shared, model_alias: embeddingModel, embedding: true, kv_overrides: ['llama.pooling_type=int:1'] },
    ],
  }
  const file = join(folder, 'settings.json')
  await writeFile(file, JSON.stringify(settings))
  const { stop } = await childServer({
    command: python,
    args: ['-m', 'llama_cpp.server', '--config_file', file],
    env: { ...process.env, PYTHONPATH: packages, CONFIG_FILE: file, HOST: '127.0.0.1', PORT: String(port) },
    asGroup: true,
    readyWhen: /Uvicorn running/,
    timeoutMs: 120_000,
  })
  return {
    name: `llama-cpp-python ${llamaCppVersion}`,
    url: `http://127.0.0.1:${port}/v1`,
    apiKey,
    model,
    embeddingModel,
    dimensions: 576,
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The folder of the server's Python packages. */
async function serverPackages(): Promise<string> {
  return cachedFolder(`llama-cpp-python@${llamaCppVersion}-python${await pythonVersion()}`, async (draft) => {
    if (!hasCommand('c++')) throw new Error('install a C++ compiler')
    const { archive } = await llamaCppSources()
    console.error(`compiling llama-cpp-python ${llamaCppVersion}, once: ten minutes or more`)
    const settings = join(draft, 'library-alone.cmake')
    await writeFile(settings, 'set(LLAMA_BUILD_COMMON OFF)\n')
    const definitions = [
      // Without what looks at pictures, and what only its own tools share: half of the work.
      ...['-DLLAVA_BUILD=OFF', `'-DCMAKE_PROJECT_llama.cpp_INCLUDE=${settings}'`],
      // A virtual machine may name the processor's AMX and then refuse it.
      '-DGGML_NATIVE=OFF',
    ]
    const env = { CMAKE_ARGS: definitions.join(' ') }
    // pip's cache may hold what was compiled with other definitions.
    await pip(['install', '--no-cache-dir', '--target', draft, `llama-cpp-python[server] @ file://${archive}`], env)
  })
}

function missing(reason: string): ServiceMissing {
  return new ServiceMissing(
    'llama-cpp-python',
    `${reason}, or name a server in ${variable}, as http://key@host:port/v1?model=…&embeddingModel=…&dimensions=…`,
  )
}
