/**
 * A chunk that holds a stem, and how often, in one number, so that the chunks of a stem are one list, in the order of their numbers. Exact for a
 * million chunks, and for 4,095 times: more than the longest chunk and title have words.
 */
export function posting(chunk: number, frequency: number): number {
  return chunk * (mostFrequent + 1) + frequency
}

export function postedChunk(value: number): number {
  return value >>> frequencyBits
}

export function postedFrequency(value: number): number {
  return value & mostFrequent
}

const frequencyBits = 12
const mostFrequent = 2 ** frequencyBits - 1
