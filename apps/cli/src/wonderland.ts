import { readFileSync } from 'node:fs'

/** A text of the public domain, with questions that it answers. */
export interface StoryText {
  readonly title: string
  readonly text: string
  readonly questions: WithAnswers
}

/** Questions, each with words that its answer has to hold. */
export type WithAnswers = readonly (readonly [question: string, words: string])[]

export function wonderland(): StoryText {
  return {
    title: 'Down the Rabbit-Hole',
    text: readFileSync(new URL('../story/alice-in-wonderland.txt', import.meta.url), 'utf8'),
    questions: [
      ['Who is Dinah?', 'cat'],
      ['Who was Alice sitting by?', 'her sister'],
      ['What did the White Rabbit take out of its waistcoat-pocket?', 'watch'],
    ],
  }
}
