/** The answer: for whoever or whatever reads standard output. */
export function answer(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** One JSON document as the answer. */
export function answerJson(value: unknown): void {
  answer(JSON.stringify(value, undefined, 2))
}

/** All that is not the answer. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** A text in one line, without what could steer a terminal. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim()
}

/** "1 fact", "1,234 facts", "2 memories". */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
}

/** Rows of a label and a value, the values in one column. */
export function aligned(rows: readonly (readonly [label: string, value: string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n')
}
