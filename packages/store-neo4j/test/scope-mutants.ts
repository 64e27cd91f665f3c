/** A statement that has lost one part of its scope at one place. */
export interface ScopeMutant {
  readonly name: string
  /** The statement as the store writes it. */
  readonly cypher: string
  readonly mutated: string
}

/** Each leaves a valid statement; a comma that is left over goes as well. */
const parts = [
  { loses: 'userId', pattern: /userId: \$scope\.userId(, )?/g },
  { loses: 'memoryId', pattern: /(, )?memoryId: \$scope\.memoryId/g },
] as const

/** Every statement that these can become by losing one part of one scope. */
export function scopeMutantsOf(statements: Iterable<string>): readonly ScopeMutant[] {
  return [...statements].flatMap((cypher) =>
    parts.flatMap(({ loses, pattern }) =>
      [...cypher.matchAll(pattern)].map(({ index, 0: { length } }) => {
        const pieceAt = /[([]\w*:\w+ \{[^{}]*$/.exec(cypher.slice(0, index))?.[0] ?? ''
        const name = `${cypher.slice(0, 60)} … without the ${loses} of ${pieceAt.trim()} [${index}]`
        return { name, cypher, mutated: cypher.slice(0, index) + cypher.slice(index + length) }
      }),
    ),
  )
}
