import { hasDataset } from '@graphmem/bench/datasets'
import { rankCorpus } from '@graphmem/bench/recall/ranked-corpus'
import { percent } from '@graphmem/bench/recall/recall-bench'
import { conversationCorpora } from '@graphmem/bench/recall/recall-corpus'
import { expect, test } from 'vitest'

test.skipIf(!hasDataset('locomo'))(
  'more evidence of a real conversation is among the first ten turns recalled than BM25 alone finds',
  { timeout: 120_000 },
  async () => {
    const [conversation] = await conversationCorpora()
    if (conversation === undefined) throw new Error('The dataset has no conversation.')
    const ranked = await rankCorpus(conversation)
    expect(ranked.length).toBe(conversation.queries.length)
    expect(percent(ranked, 10, 'recalled')).toBeGreaterThan(percent(ranked, 10, 'baseline'))
  },
)
