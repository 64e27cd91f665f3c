/**
 * Which half of its set a question is in, by the lowest bit of its 32-bit FNV-1a hash: the first half is for tuning, the second is scored for the
 * report only. Frozen: no question ever changes sides.
 */
export function halfOf(question: string): 'tuning' | 'held back' {
  let hash = 2_166_136_261
  for (let place = 0; place < question.length; place += 1) hash = Math.imul(hash ^ question.charCodeAt(place), 16_777_619)
  return (hash & 1) === 0 ? 'tuning' : 'held back'
}
