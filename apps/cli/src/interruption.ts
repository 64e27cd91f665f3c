/** The reason of an abort by a signal of the operating system. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly signalName: 'SIGINT' | 'SIGTERM'

  constructor(signalName: 'SIGINT' | 'SIGTERM') {
    super(signalName === 'SIGINT' ? 'interrupted' : 'terminated')
    this.signalName = signalName
  }
}

/** Is aborted by the first SIGINT or SIGTERM; the second ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  for (const signalName of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signalName, () => {
      if (controller.signal.aborted) process.exit(signalName === 'SIGINT' ? 130 : 143)
      controller.abort(new Interrupted(signalName))
    })
  }
  return controller.signal
}
