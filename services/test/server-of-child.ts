import { childServer } from '../src/child-server.ts'
import { freePort } from '../src/free-port.ts'

/** A server that another process runs, a child of the one that was started, as with Ollama. */
export async function startServerOfChild(): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const port = await freePort()
  const listen = `require('node:net').createServer(() => {}).listen(${port}, '127.0.0.1', () => console.log('READY'))`
  const { stop } = await childServer({
    command: 'sh',
    args: ['-c', '"$0" -e "$1" & wait', process.execPath, listen],
    readyWhen: /READY/,
    timeoutMs: 20_000,
    asGroup: true,
  })
  return { port, stop }
}
