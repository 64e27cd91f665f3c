/** That a request to a server failed: a code and no more. What a server says may quote what was sent. */
export class RequestFailure extends Error {
  readonly code: string
  /** Which statement of a transaction it was. */
  readonly statementIndex: number | undefined

  constructor(code: string, statementIndex?: number) {
    super(`The request failed with ${code}`)
    this.code = code
    this.statementIndex = statementIndex
  }
}
