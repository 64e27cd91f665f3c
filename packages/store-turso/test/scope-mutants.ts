/** A statement that has lost one part of its scope. */
export interface ScopeMutant {
  readonly name: string
  /** The statement as the store writes it. */
  readonly sql: string
  readonly mutated: string
}

interface Mutation {
  readonly loses: 'user_id' | 'memory_id'
  readonly from: RegExp
  readonly to: string
}

/** Each leaves a valid statement with the same parameters. */
const mutations: readonly Mutation[] = [
  { loses: 'user_id', from: /user_id = :userId/g, to: ':userId IS NOT NULL' },
  { loses: 'memory_id', from: /memory_id = :memoryId/g, to: ':memoryId IS NOT NULL' },
  { loses: 'user_id', from: /(?<=(?:SELECT|VALUES \()\s*):userId(?=, :memoryId)/g, to: 'substr(:userId, 1, 0)' },
  { loses: 'memory_id', from: /(?<=(?:SELECT|VALUES \()\s*:userId, ):memoryId/g, to: 'substr(:memoryId, 1, 0)' },
  { loses: 'user_id', from: /(?<=(?:PRIMARY KEY|UNIQUE) \()user_id, /g, to: '' },
  { loses: 'memory_id', from: /(?<=(?:PRIMARY KEY|UNIQUE) \(user_id), memory_id/g, to: '' },
]

/** Every statement that these can become by losing one part of one scope. */
export function scopeMutantsOf(statements: Iterable<string>): readonly ScopeMutant[] {
  return [...statements].flatMap((sql) =>
    mutations.flatMap(({ loses, from, to }) =>
      [...sql.matchAll(from)].map((match, number) => {
        const start = match.index
        const mutated = sql.slice(0, start) + to + sql.slice(start + match[0].length)
        const place = number > 0 ? `, place ${number + 1}` : ''
        return { name: `${sql.trim().replace(/\s+/g, ' ').slice(0, 90)} … without its ${loses}${place} [${start}]`, sql, mutated }
      }),
    ),
  )
}
