import { accessSync, constants, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { UserId } from '@graphmem/core/spec'
import type { Client } from '@libsql/client'
import { type Connection, fileClient, openFile } from './connection.ts'
import type { Connections } from './connections.ts'
import { breaksConnection, codeOf } from './errors.ts'
import { serialQueues } from './serial-queues.ts'

export interface FileConnectionsOptions {
  /** The absolute path of the file that holds a user's memories. */
  readonly pathOf: (userId: UserId) => string
  /** Whether each user has a file, which then refuses any other. */
  readonly oneFileEach: boolean
  readonly maxOpenFiles: number
  /** How long a call waits for a lock that another process holds. The whole process waits: the driver works synchronously. */
  readonly busyTimeoutMs: number
}

interface OpenFile {
  readonly connection: Connection
  readonly client: Client
  /** Which file it was that was opened, whatever the path names by now. */
  readonly identity: string | undefined
}

/** Local files: opened when used, made by the first write, and closed, the least recently used first, when they become too many. */
export function fileConnections({ pathOf, oneFileEach, maxOpenFiles, busyTimeoutMs }: FileConnectionsOptions): Connections {
  /** In the order of use. `undefined` stands for one that is being opened or closed. */
  const files = new Map<string, OpenFile | undefined>()
  const closing = new Map<string, Promise<void>>()
  const inUse = new Set<string>()
  const queues = serialQueues()
  const freeClients: Client[] = []
  const waiting: (() => void)[] = []

  async function open(path: string, userId: UserId): Promise<OpenFile> {
    await reserve(path)
    const client = freeClients.pop() ?? fileClient(busyTimeoutMs)
    try {
      const connection = await openFile(client, path, oneFileEach ? userId : undefined)
      const file = { connection, client, identity: identityOf(path) }
      files.set(path, file)
      return file
    } catch (error) {
      client.close()
      files.delete(path)
      throw deniedAccess(error, path) ?? error
    }
  }

  function close(path: string): Promise<void> {
    const file = files.get(path)
    if (!file) return closing.get(path) ?? Promise.resolve()
    files.set(path, undefined)
    const closed = file.connection
      .close()
      .then(
        () => void freeClients.push(file.client),
        () => file.client.close(),
      )
      .finally(() => {
        files.delete(path)
        closing.delete(path)
      })
    closing.set(path, closed)
    return closed
  }

  /** Counts a file before it is open, in the same breath as it finds that there is room. */
  async function reserve(path: string): Promise<void> {
    while (files.size >= maxOpenFiles) {
      const idle = [...files.keys()].find((other) => files.get(other) && !inUse.has(other))
      if (idle === undefined) await new Promise<void>((resolve) => waiting.push(resolve))
      else await close(idle)
    }
    files.set(path, undefined)
  }

  /** The open file, if it still is what the path names; another process may have removed it, and made it anew. */
  async function current(path: string): Promise<OpenFile | undefined> {
    await closing.get(path)
    const file = files.get(path)
    if (file === undefined || file.identity === identityOf(path)) return file
    await close(path)
    return undefined
  }

  return {
    // The driver works synchronously: nothing is lost by using a file for one call at a time.
    lend: (userId, { create }, work) => {
      const path = pathOf(userId)
      return queues.run(path, async () => {
        inUse.add(path)
        try {
          let file = await current(path)
          if (!file) {
            const exists = identityOf(path) !== undefined
            if (!exists && !create) return undefined
            if (!exists) mkdirSync(dirname(path), { recursive: true })
            file = await open(path, userId)
          }
          files.delete(path)
          files.set(path, file)
          const { connection, identity } = file
          return await work({
            connection,
            isCurrent: () => identity === identityOf(path),
            async removeFile() {
              if (!oneFileEach) return 'kept'
              await close(path)
              return removeWithLog(path) ? 'removed' : 'in use'
            },
          })
        } catch (error) {
          // A statement that failed may be in the way of the next transaction on its connection: the next call opens another.
          if (breaksConnection(error)) await close(path)
          throw error
        } finally {
          inUse.delete(path)
          for (const resolve of waiting.splice(0)) resolve()
        }
      })
    },
    async close() {
      await queues.idle()
      for (const path of [...files.keys()]) await close(path)
      for (const client of freeClients.splice(0)) client.close()
    },
  }
}

/** `undefined` when there is no such file. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev} ${found.ino}`
}

/** SQLite says of a file that it cannot open no more than that; the file system says why. */
function deniedAccess(error: unknown, path: string): unknown {
  if (codeOf(error) !== 'SQLITE_CANTOPEN') return undefined
  try {
    accessSync(identityOf(path) === undefined ? dirname(path) : path, constants.R_OK | constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
    return undefined
  } catch (reason) {
    return reason
  }
}

/**
 * The log goes first: whoever opens the file in between writes into what is about to go, as if before the erasure. The other way round, the
 * log of a new file could go.
 */
function removeWithLog(path: string): boolean {
  try {
    for (const suffix of ['-wal', '-shm', '-journal', '']) rmSync(`${path}${suffix}`, { force: true })
    return true
  } catch {
    return false
  }
}
