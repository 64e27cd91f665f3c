import { type ModelServer, namedModelServer } from './model-server.ts'
import { chatModel, embeddingModel, ollamaModels } from './ollama-models.ts'
import { ollamaProgram } from './ollama-program.ts'
import { orMissing } from './or-missing.ts'
import { runOllama } from './run-ollama.ts'
import { ServiceMissing } from './service.ts'

const variable = 'GRAPHMEM_TEST_OLLAMA_URL'

/**
 * An Ollama with SmolLM2-135M-Instruct and all-MiniLM-L6-v2, or the one that `GRAPHMEM_TEST_OLLAMA_URL` names, as
 * `http://host:11434?model=…&embeddingModel=…&dimensions=…`. The first call on a machine compiles for ten minutes or more, later ones start
 * in seconds; a model is loaded by the first request for it. All servers share the models' files: a test must not make or remove a model.
 *
 * @throws ServiceMissing
 */
export async function startOllama(): Promise<ModelServer> {
  const named = namedModelServer('Ollama', variable)
  if (named !== undefined) return named
  const [program, models] = await orMissing(missing, async () => [await ollamaProgram(), await ollamaModels()] as const)
  return { ...(await runOllama(program, models)), apiKey: '', model: chatModel, embeddingModel, dimensions: 384 }
}

function missing(reason: string): ServiceMissing {
  return new ServiceMissing('Ollama', `${reason}, or name one in ${variable}, as http://host:11434?model=…&embeddingModel=…&dimensions=…`)
}
