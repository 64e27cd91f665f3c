/** How many words a key of a name has. */
export function wordCount(key: string): number {
  let words = 1
  for (let at = key.indexOf(' '); at >= 0; at = key.indexOf(' ', at + 1)) words += 1
  return words
}
