/** A real server on loopback, or one that the environment names. */
export interface Service extends AsyncDisposable {
  /** What it is and whose code it runs: `Redis 7.0.15`. */
  readonly name: string
  readonly url: string
}

/** A server that a test needs, and that is not to be had here. `reason` says what to install, or which variable names a running one. */
export class ServiceMissing extends Error {
  constructor(name: string, reason: string) {
    super(`${name} is not to be had here: ${reason}`)
    this.name = 'ServiceMissing'
  }
}
