/** The weight of whoever is to have the most turns; the least is 1. */
export const mostWeight = 12

/** How much of the line's time a job takes of a user of this weight, 1 to 12: whole, as a priority of BullMQ has to be, and so about 12 ÷ weight. */
export function turnLength(weight: number): number {
  return Math.round(mostWeight / weight)
}
