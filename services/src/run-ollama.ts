import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childServer } from './child-server.ts'
import { freePort } from './free-port.ts'
import { ollamaVersion } from './ollama-program.ts'
import type { Service } from './service.ts'

/** Starts a server that has the models of a folder. It speaks to nobody but its clients, and its home is a folder of its own. */
export async function runOllama(program: string, models: string): Promise<Service> {
  const home = await mkdtemp(join(tmpdir(), 'graphmem-ollama-'))
  const host = `127.0.0.1:${await freePort()}`
  const { stop } = await childServer({
    command: program,
    args: ['serve'],
    env: { ...process.env, HOME: home, OLLAMA_HOST: host, OLLAMA_MODELS: models, OLLAMA_NO_CLOUD: '1' },
    asGroup: true,
    readyWhen: /Listening on/,
    timeoutMs: 120_000,
  })
  return {
    name: `Ollama ${ollamaVersion}`,
    url: `http://${host}`,
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
