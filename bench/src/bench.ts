import type { BenchRow } from './bench-row.ts'

export interface BenchOptions {
  /** Fewer repetitions and smaller memories. */
  readonly quick: boolean
  /** Which embedder `recall` remembers with: `local`, the default, or `onnx`. */
  readonly embedder?: string | undefined
  /** Scores recall without each of its stages as well. */
  readonly ablate?: boolean
  /** Scores recall of passages without titles as well. */
  readonly untitled?: boolean
  /** Says what is being done. */
  readonly note: (text: string) => void
}

/** What `npm run bench -- NAME` runs. */
export interface Bench {
  readonly name: string
  /** One sentence. */
  readonly about: string
  readonly run: (options: BenchOptions) => Promise<readonly BenchRow[]>
  /** What runs in its place with `--reasoner recorded`. Its report is one of its own. */
  readonly recorded?: Pick<Bench, 'about' | 'run'>
}
