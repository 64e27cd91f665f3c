/** Who speaks in the demo. */
export interface Speaker {
  readonly name: string
  readonly token: string
}

interface Answer {
  readonly answer: string
  readonly found: boolean
}

interface Line {
  readonly who: 'alice' | 'bob'
  readonly says?: string
  readonly asks?: string
  /** What the answer holds; absent for what has to stay unknown. */
  readonly promised?: string
}

const lines: readonly Line[] = [
  { who: 'alice', says: 'I work at Google as a senior engineer' },
  { who: 'bob', says: "I'm a doctor at Mayo Clinic" },
  { who: 'alice', asks: 'Where do I work?', promised: 'Google' },
  { who: 'alice', asks: 'What is my job?', promised: 'senior engineer' },
  { who: 'alice', asks: 'What does Bob do?' },
  { who: 'bob', asks: 'Where do I work?', promised: 'Mayo Clinic' },
  { who: 'bob', asks: 'Where does Alice work?' },
]

/**
 * Tells a server the story of Alice and Bob, and prints it. Each is answered from their own memory, and neither learns of the other.
 *
 * @returns what was promised and not kept
 */
export async function twoUsers(
  url: string,
  speakers: Readonly<Record<'alice' | 'bob', Speaker>>,
  print: (line: string) => void,
): Promise<readonly string[]> {
  const broken: string[] = []
  for (const { who, says, asks, promised } of lines) {
    const { token, name } = speakers[who]
    if (says !== undefined) {
      await post(`${url}/v1/ingest`, token, { text: says })
      print(`  ${name.padEnd(6)} says  ${says}`)
    } else if (asks !== undefined) {
      const { answer, found } = (await post(`${url}/v1/query`, token, { question: asks })) as Answer
      print(`  ${name.padEnd(6)} asks  ${asks.padEnd(24)} ${answer}`)
      const isKept = promised === undefined ? !found : answer.includes(promised)
      if (!isKept) broken.push(`${name} asked “${asks}”`)
    }
  }
  return broken
}

async function post(url: string, token: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return response.json()
}
