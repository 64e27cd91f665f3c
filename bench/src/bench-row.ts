/** One line of a bench's result. */
export interface BenchRow {
  measure: string
  value: number | string
  goal?: string
  holds?: boolean
}
