import { jsonrepair } from 'jsonrepair'

/**
 * The JSON document in what a model wrote: fenced, with prose around it, with trailing commas or single quotes. `undefined` where there is none, or it
 * does not end: half a document is none.
 */
export function jsonIn(text: string): unknown {
  // A model that thinks aloud may write drafts.
  const said = text.replace(/<think>[\s\S]*?<\/think>/g, '')
  const whole = parsed(said)
  if (isDocument(whole)) return whole
  const documents = closedIn(said).sort((a, b) => b.length - a.length)
  for (const document of documents) {
    const value = parsed(document) ?? repaired(document)
    if (isDocument(value)) return value
  }
  return undefined
}

function isDocument(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function repaired(text: string): unknown {
  try {
    return JSON.parse(jsonrepair(text))
  } catch {
    return undefined
  }
}

/** The stretches of a text that begin with a bracket and end with the one that closes it, outermost only. */
function closedIn(text: string): string[] {
  const found: string[] = []
  let start = 0
  let depth = 0
  let quote = ''
  /** The last sign outside of strings that is no white space. */
  let before = ''
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (quote !== '') {
      if (sign === '\\') at += 1
      else if (sign === quote && (quote === '"' || /^\s*[,:}\]]/.test(text.slice(at + 1, at + 8)))) quote = ''
      continue
    }
    if (depth > 0 && (sign === '"' || (sign === "'" && /[{[,:]/.test(before)))) quote = sign
    else if (sign === '{' || sign === '[') {
      if (depth === 0) start = at
      depth += 1
    } else if ((sign === '}' || sign === ']') && depth > 0) {
      depth -= 1
      if (depth === 0) found.push(text.slice(start, at + 1))
    }
    if (/\S/.test(sign)) before = sign
  }
  return found
}
