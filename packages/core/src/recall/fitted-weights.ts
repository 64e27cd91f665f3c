import type { Weights } from './signals.ts'

/** Written by `npm run bench -- fit`, from 2wiki-dev, hotpot-dev, musique-dev. */
export const fittedWeights: Weights = {
  bm25: 0.88,
  cosine: 0.85,
  named: 5.72,
  namedRarity: 0.64,
  names: 0.98,
  cover: 0.71,
  title: 1.91,
  bm25Rest: 1.55,
  chain: -0.3,
  lead: 2.13,
  only: 3.65,
  gain: 1.73,
  spread: 1.5,
  spreadPlace: 2.9,
  spreadTitle: 0.73,
  spreadCosine: 5.82,
}
