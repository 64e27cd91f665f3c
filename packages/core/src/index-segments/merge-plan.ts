import type { SegmentInfo } from '../spec/index.ts'

const fanIn = 8
/** Segments of this size are left as they are, so that no write pays for the whole memory. */
const largestBytes = 4 * 1024 * 1024
const smallestBytes = 4 * 1024

/**
 * Which of the last segments a new one of `sizeBytes` is to be merged with, oldest first: none, or a run of {@link fanIn} − 1 or more of about its
 * size. Every byte is rewritten once for each factor of {@link fanIn} by which the index outgrows it: amortised O(log n), bounded by {@link largestBytes}.
 */
export function mergePlan(infos: readonly SegmentInfo[], sizeBytes: number): readonly SegmentInfo[] {
  let run: SegmentInfo[] = []
  let bytes = sizeBytes
  let tier = tierOf(sizeBytes)
  for (;;) {
    const taken: SegmentInfo[] = []
    let takenBytes = 0
    for (const info of infos.slice(0, infos.length - run.length).reverse()) {
      if (tierOf(info.sizeBytes) > tier || bytes + takenBytes + info.sizeBytes > largestBytes) break
      taken.unshift(info)
      takenBytes += info.sizeBytes
    }
    if (taken.length < fanIn - 1) return run
    run = [...taken, ...run]
    bytes += takenBytes
    tier = Math.max(tier + 1, tierOf(bytes))
  }
}

/** Sizes within a factor of {@link fanIn} share a tier. */
function tierOf(sizeBytes: number): number {
  return Math.max(0, Math.floor(Math.log(sizeBytes / smallestBytes) / Math.log(fanIn)))
}
