import { readFileSync } from 'node:fs'

/** A text of the public domain, with questions that it answers. */
export interface StoryText {
  readonly title: string
  readonly text: string
  readonly questions: readonly string[]
}

export function wonderland(): StoryText {
  return {
    title: 'Down the Rabbit-Hole',
    text: readFileSync(new URL('../story/alice-in-wonderland.txt', import.meta.url), 'utf8'),
    questions: [
      'What was written on the label of the bottle?',
      'Who is Dinah?',
      'What did the White Rabbit take out of its waistcoat-pocket?',
    ],
  }
}
