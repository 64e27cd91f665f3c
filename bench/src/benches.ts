import type { Bench } from './bench.ts'

/** All benches. Each is loaded when it runs. */
export const benches: readonly Bench[] = [
  {
    name: 'recall',
    about: 'How much of the evidence of public questions is among the first passages recalled, keyless, beside BM25 alone.',
    run: async (options) => (await import('./recall/recall-bench.ts')).recallBench(options),
    recorded: {
      about: "What the graph that gpt-3.5 extracted from MuSiQue and LoCoMo adds to recall, beside the local reasoner's.",
      run: async (options) => (await import('./recorded/recorded-bench.ts')).recordedBench(options),
    },
  },
  {
    name: 'fit',
    about: 'Fits what recall ranks passages by, on the sets whose licences allow it, and writes the weights into core.',
    run: async (options) => (await import('./fit/fit-bench.ts')).fitBench(options),
  },
  {
    name: 'answers',
    about: 'How near answers of at most 25 words come to the true ones of public questions, keyless.',
    run: async (options) => (await import('./answers/answers-bench.ts')).answersBench(options),
  },
  {
    name: 'abstention',
    about: 'Which questions to conversations of LoCoMo are answered and which refused: their own, those of others, and near misses.',
    run: async (options) => (await import('./abstention/abstention-bench.ts')).abstentionBench(options),
  },
  {
    name: 'extraction',
    about: 'Which names and facts are read in passages of MuSiQue, beside what gpt-3.5 read there.',
    run: async () => (await import('./extraction/extraction-bench.ts')).extractionBench(),
  },
  {
    name: 'promise',
    about: 'What twenty people are told of their own lives, and that nobody is told what they never said.',
    run: async (options) => (await import('./promise/promise-bench.ts')).promiseBench(options),
  },
  {
    name: 'models',
    about: 'What language models are asked and paid for, through every provider, on doubles of them that answer over HTTP on loopback.',
    run: async (options) => (await import('./models/models-bench.ts')).modelsBench(options),
  },
  {
    name: 'speed',
    about: 'What remembering and asking cost as memories and their neighbours grow, keyless, on every backend.',
    run: async (options) => (await import('./speed/speed-bench.ts')).speedBench(options),
  },
  {
    name: 'memories',
    about: 'What a thousand memories cost a process that holds the indexes of fifty, and what one user takes from another there.',
    run: async (options) => (await import('./memories/memories-bench.ts')).memoriesBench(options),
  },
  {
    name: 'stores',
    about: 'That every store tells the same: the story, and the ranking of the questions to a real conversation, to the bit.',
    run: async (options) => (await import('./stores/stores-bench.ts')).storesBench(options),
  },
  {
    name: 'crash',
    about: 'What an ingest leaves behind when it is killed, or when two processes make it at once, on every store that lasts.',
    run: async (options) => (await import('./crash/crash-bench.ts')).crashBench(options),
  },
  {
    name: 'beside-a-neighbour',
    about:
      "What is recalled of a memory of one sentence beside a neighbour's many that are nearer the question, on every store that lasts.",
    run: async (options) => (await import('./beside-a-neighbour/beside-a-neighbour-bench.ts')).besideANeighbourBench(options),
  },
  {
    name: 'authorisation',
    about: 'That no route of the server lets in who should not come in, nor tells a foreign id from one never used.',
    run: async (options) => (await import('./authorisation/authorisation-bench.ts')).authorisationBench(options),
  },
  {
    name: 'schema',
    about: 'That the server answers as its own document says, whatever is sent to it: requests drawn from the document by schemathesis.',
    run: async (options) => (await import('./schema/schema-bench.ts')).schemaBench(options),
  },
  {
    name: 'server-kills',
    about:
      'That all that server processes acknowledged is there once, and in the audit trail, when they are killed and stopped under load.',
    run: async (options) => (await import('./server-kills/server-kills-bench.ts')).serverKillsBench(options),
  },
  {
    name: 'server',
    about: 'What HTTP adds to the library, for 200 users at once on one libSQL file, and what a flood of one user takes from the others.',
    run: async (options) => (await import('./server/server-bench.ts')).serverBench(options),
  },
]
