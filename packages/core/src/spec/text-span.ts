/** A stretch of a text, in UTF-16 code units as `String.slice` counts them: from `start`, up to and without `end`. */
export interface TextSpan {
  readonly start: number
  readonly end: number
}
