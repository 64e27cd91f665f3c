/** Passes on lines of JSON, each whole. Fails at what is none: the SDK would print it and go on. */
export function wholeLines(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let rest = ''
  const pass = (text: string, controller: TransformStreamDefaultController<Uint8Array>) => {
    for (const line of text.split('\n')) {
      if (line.trim() === '') continue
      JSON.parse(line)
      controller.enqueue(encoder.encode(`${line}\n`))
    }
  }
  return new TransformStream({
    transform(bytes, controller) {
      rest += decoder.decode(bytes, { stream: true })
      const end = rest.lastIndexOf('\n') + 1
      pass(rest.slice(0, end), controller)
      rest = rest.slice(end)
    },
    flush: (controller) => pass(rest + decoder.decode(), controller),
  })
}
