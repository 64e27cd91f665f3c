export interface Served {
  /** All that reached the service. */
  readonly requests: number
  /** Those that were answered with 500 and above. */
  readonly failures: number
}

/** What a server counts of itself. */
export async function servedOf(url: string): Promise<Served> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  const counted = [...metrics.matchAll(/^graphmem_requests_total\{.*status="(\d)\d\d"\} (\d+)$/gm)]
  const sum = (lines: typeof counted) => lines.reduce((total, [, , count]) => total + Number(count), 0)
  return { requests: sum(counted), failures: sum(counted.filter(([, status]) => status === '5')) }
}
