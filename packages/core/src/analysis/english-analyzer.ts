import { stemmer } from 'stemmer'
import type { Analyzer } from '../spec/index.ts'
import { cutSentences } from './cut-sentences.ts'
import { cutWords } from './cut-words.ts'
import { stopWords } from './stop-words.ts'

/** English: Porter's stems and a list of stop words. Other languages are cut into plain words, scripts without spaces into pairs of characters. */
export const englishAnalyzer: Analyzer = {
  id: 'english/1',
  languages: ['en'],
  sentences: cutSentences,
  words: cutWords,
  stem: stemmer,
  isStopWord: (word) => stopWords.has(word),
}
