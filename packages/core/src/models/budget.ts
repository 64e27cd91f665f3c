/** What may be spent; what is left out is not limited. A request that could go beyond is not made: what it takes at most is set aside before. */
export interface Budget {
  /** Requests, those that were tried again each counted. 0 and up. */
  readonly calls?: number
  /** Tokens of input and output. 0 and up. */
  readonly tokens?: number
  /** US dollars. 0 and up. Needs a known price for every model used. */
  readonly usd?: number
}
