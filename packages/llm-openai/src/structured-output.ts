/** How a server is made to keep to a form: by the form itself, by JSON of any form, or by nothing but what the prompt says. */
export type StructuredOutput = 'json_schema' | 'json_object' | 'none'

/** From the strictest down. */
export const structuredOutputs: readonly StructuredOutput[] = ['json_schema', 'json_object', 'none']

/** What is asked for of one server: a step less than it was found not to take. */
export interface StructuredOutputMode {
  readonly current: StructuredOutput
  /** The server did not take `mode`. Says whether there is less to ask for. */
  refused(mode: StructuredOutput): boolean
}

/** @param pinned asks for that, and for nothing less */
export function structuredOutputMode(pinned: StructuredOutput | undefined): StructuredOutputMode {
  let current = pinned ?? 'json_schema'
  return {
    get current() {
      return current
    },
    refused(mode) {
      if (pinned !== undefined || mode === 'none') return false
      // Of calls that were made at once, the first one to be refused takes the step.
      if (mode === current) current = structuredOutputs[structuredOutputs.indexOf(mode) + 1] ?? 'none'
      return true
    },
  }
}
