import type { WireReply } from './provider-double.ts'

const html = '<!doctype html><html><body>Welcome</body></html>'

/** Answers of status 200 that are none of a provider. */
export const malformedReplies: readonly WireReply[] = [
  { status: 200, pieces: ['{"choices": [{"mess'] },
  { status: 200, pieces: ['{}'] },
  { status: 200, pieces: ['[]'] },
  { status: 200, pieces: ['null'] },
  { status: 200, pieces: [''] },
  { status: 200, headers: { 'content-type': 'text/html' }, pieces: [html] },
]

/** The first half of an answer, and then what is said: of a stream, the first half of its pieces. */
export function halfOf(reply: WireReply, ending: NonNullable<WireReply['ending']>): WireReply {
  if (reply.pieces.length > 1) return { ...reply, pieces: reply.pieces.slice(0, Math.ceil(reply.pieces.length / 2)), ending }
  const bytes = bytesOf(reply)
  return { ...reply, pieces: [bytes.subarray(0, Math.ceil(bytes.length / 2))], ending }
}

/** The same answer in pieces of a few bytes, cut in the middle of letters too. */
export function cutAnew(reply: WireReply): WireReply {
  const bytes = bytesOf(reply)
  return { ...reply, pieces: Array.from({ length: Math.ceil(bytes.length / 7) }, (_, place) => bytes.subarray(place * 7, place * 7 + 7)) }
}

function bytesOf({ pieces }: WireReply): Uint8Array {
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as string)))
}
