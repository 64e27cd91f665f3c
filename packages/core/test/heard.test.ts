import { expect, test } from 'vitest'
import { heard } from '../src/spec/index.ts'

const failure = new Error('told')
const fail = (): never => {
  throw failure
}

async function taken(pieces: AsyncIterable<string>, take: (piece: string) => void, signal?: AbortSignal): Promise<void> {
  for await (const piece of heard(pieces, signal, fail)) take(piece)
}

test('the failure of a stream is told as such, after its pieces', async () => {
  const pieces: string[] = []
  const stream = async function* () {
    yield 'one'
    throw new Error('what the provider says')
  }
  await expect(taken(stream(), (piece) => pieces.push(piece))).rejects.toBe(failure)
  expect(pieces).toEqual(['one'])
})

test('what is thrown by who takes a piece is no failure of the stream, and closes it', async () => {
  let isClosed = false
  const stream = async function* () {
    try {
      yield 'one'
      yield 'two'
    } finally {
      isClosed = true
    }
  }
  const enough = new Error('enough')
  const take = () => {
    throw enough
  }
  await expect(taken(stream(), take)).rejects.toBe(enough)
  expect(isClosed).toBe(true)
})

test('a stream that ends because it was aborted is none', async () => {
  const controller = new AbortController()
  const reason = { enough: true }
  const stream = async function* () {
    yield 'one'
  }
  const taking = taken(stream(), () => controller.abort(reason), controller.signal)
  await expect(taking).rejects.toBe(reason)
})
