import model from 'wink-eng-lite-web-model'
import winkNLP, { type WinkMethods } from 'wink-nlp'

let loaded: WinkMethods | undefined

/** The tagger: sentences, tokens and parts of speech of English. Loaded at the first call, in about 85 ms, and kept. */
export function tagger(): WinkMethods {
  loaded ??= winkNLP(model, ['sbd', 'pos'])
  return loaded
}
