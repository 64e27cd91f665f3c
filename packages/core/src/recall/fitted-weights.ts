import type { Weights } from './signals.ts'

/** Written by `npm run bench -- fit`, from 2wiki-dev, hotpot-dev, musique-dev. */
export const fittedWeights: Weights = {
  bm25: 0.83,
  cosine: 1.21,
  named: 5.65,
  namedRarity: 1.03,
  names: 0.82,
  cover: 1.06,
  title: 1.78,
  bm25Rest: 1.52,
  chain: -0.12,
  lead: 2.23,
  only: 3.73,
  gain: 1.31,
  spread: 1.25,
  spreadPlace: 2.76,
  spreadTitle: 0.68,
  spreadCosine: 5.58,
}
