/** An entity as a model answers with it. */
export function entity(name: string, type = 'person', more = {}) {
  return { name, aliases: [], type, of: null, distinction: null, ...more }
}

/** A fact as a model answers with it. */
export function fact(subject: string, predicate: string, object: string, kind = 'entity', more = {}) {
  const plain = { sentence: 1, from: null, until: null, negated: false, exclusive: false, confidence: 0.9 }
  return { subject, predicate, object, kind, ...plain, ...more }
}
