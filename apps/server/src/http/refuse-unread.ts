import type { Server } from 'node:http'
import { type Problem, problemBody } from './problem.ts'

const malformed: Problem = { status: 400, code: 'malformed', title: 'The request is not HTTP' }
const told: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers-too-large', title: 'The path, the query and the headers are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request-timeout', title: 'The request took too long to come' },
}

/** Has requests that never reach the service, since they cannot be read, refused in the form of all others. */
export function refuseUnread(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return
    const problem = told[error.code ?? ''] ?? malformed
    const body = JSON.stringify(problemBody(problem))
    const headers = ['content-type: application/problem+json', `content-length: ${Buffer.byteLength(body)}`, 'connection: close']
    socket.end([`HTTP/1.1 ${problem.status} ${problem.title}`, ...headers, '', body].join('\r\n'))
  })
}
