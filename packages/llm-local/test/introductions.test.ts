import { expect, test } from 'vitest'
import { readTurn } from './read.ts'

for (const { text, isIntroduction } of [
  { text: "Hi, I'm Maria.", isIntroduction: true },
  { text: 'I am Maria Silva and I live in Leeds', isIntroduction: true },
  { text: 'My name is Maria', isIntroduction: true },
  { text: "That'd be great, Maria! Thanks for offering to help.", isIntroduction: false },
  { text: 'I just got a new addition to the family, this is Max!', isIntroduction: false },
  { text: 'I\'m reading "Dune" by Frank Herbert.', isIntroduction: false },
  { text: "I'm Potter mad", isIntroduction: false },
]) {
  // A speaker who is taken for somebody else has that other's facts told as the speaker's own.
  test(`${isIntroduction ? 'takes' : 'does not take'} "${text}" for the speaker's own name`, async () => {
    const { same } = await readTurn(text, { speaker: { name: 'John' } })
    expect(same).toHaveLength(isIntroduction ? 1 : 0)
  })
}
