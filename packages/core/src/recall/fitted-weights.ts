import type { Weights } from './signals.ts'

/** Written by `npm run bench -- fit`, from 2wiki-dev, hotpot-dev, musique-dev. */
export const fittedWeights: Weights = {
  bm25: 0.91,
  cosine: 0.84,
  named: 5.74,
  namedRarity: 0.63,
  names: 0.99,
  cover: 0.68,
  title: 1.91,
  bm25Rest: 1.54,
  lead: 2.04,
  only: 3.63,
  gain: 1.73,
  spread: 1.45,
  spreadPlace: 2.91,
  spreadTitle: 0.73,
  spreadCosine: 5.87,
}
