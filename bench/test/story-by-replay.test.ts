import { providers } from '@graphmem/bench/models/story/providers'
import { isAsPromised, nothingFound, storyByReplay } from '@graphmem/bench/models/story/story-by-replay'
import { expect, it } from 'vitest'

it.each(providers)(
  'Alice and Bob are each answered from their own memory, and told nothing of the other, through $name',
  async (provider) => {
    const { answers, bill, asked } = await storyByReplay(provider)
    expect(answers.map(({ answer, found }) => [answer, found])).toEqual([
      ['Google', true],
      ['Google', true],
      ['senior engineer', true],
      [nothingFound, false],
      ['doctor', true],
      ['Mayo Clinic', true],
      [nothingFound, false],
    ])
    expect(answers.filter((answer) => !isAsPromised(answer))).toEqual([])
    expect(asked).toMatchObject({ extractions: 2, mixed: 0 })
    const embeddings = bill.items.find(({ purpose }) => purpose === 'embed')
    expect(embeddings?.calls).toBe(provider.embedder === undefined ? undefined : 2)
    expect(bill.items.find(({ purpose }) => purpose === 'extract')).toMatchObject({
      outcome: 'answered',
      calls: 2,
      inputTokens: 800,
      outputTokens: 100,
      usd: expect.closeTo(0.0018, 12),
      estimated: false,
    })
  },
)
