import type { Weights } from './signals.ts'

/** Written by `npm run bench -- fit`, from 2wiki-dev, hotpot-dev, musique-dev. */
export const fittedWeights: Weights = {
  bm25: 0.79,
  cosine: 0.96,
  named: 6.57,
  namedRarity: 1,
  names: 0.85,
  title: 1.71,
  bm25Rest: 1.98,
  lead: 2.88,
  only: 1.69,
  gain: 3.26,
  spreadPlace: 1.96,
  spreadCosine: 5.25,
  seedOnly: 2.22,
  seedPlace: 2.24,
  ownPlace: 1.5,
}
