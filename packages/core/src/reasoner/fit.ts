/** The parts of JSON Schema that the forms of answers are written in. */
interface Form {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Form>>
  readonly items?: Form
  readonly enum?: readonly string[]
}

/** What in a list of words stands for whatever is none of the others. */
const residual = ['other', 'text', 'unsure']

/**
 * A value brought to a form as far as that takes no guess: what is missing and may be is null, false or empty; numbers and truths are taken out of strings;
 * an unknown word of a list is its residual one; fields that were not asked for go. The rest stays as it is, and is wrong.
 */
export function fit(value: unknown, form: Form): unknown {
  if (typeof form.type === 'object') return fitOptional(value, form, form.type)
  switch (form.type) {
    case 'object':
      return fitObject(value, form.properties ?? {})
    case 'array':
      return fitArray(value, form.items ?? {})
    case 'boolean':
      return (value ?? false) ? (asBoolean(value) ?? value) : false
    case 'number':
    case 'integer':
      return asNumber(value) ?? value
    case 'string':
      return form.enum === undefined ? (typeof value === 'number' ? String(value) : value) : asWord(value, form.enum)
    default:
      return value
  }
}

/** What may be null is null where it is missing, has nothing in it, or is no number where one was asked for ("high"). */
function fitOptional(value: unknown, form: Form, types: readonly string[]): unknown {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return null
  const type = types.find((each) => each !== 'null') ?? 'null'
  const fitted = fit(value, { ...form, type })
  return type === 'number' && typeof fitted !== 'number' ? null : fitted
}

function fitObject(value: unknown, properties: Readonly<Record<string, Form>>): unknown {
  const [only, ...others] = Object.keys(properties)
  // A list where an object with this list, and nothing else, was asked for.
  if (Array.isArray(value) && only !== undefined && others.length === 0) return fitObject({ [only]: value }, properties)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  // An object that has nothing of what was asked for is another one.
  if (!Object.keys(properties).some((name) => Object.hasOwn(value, name))) return value
  return Object.fromEntries(
    Object.entries(properties).map(([name, form]) => [name, fit(Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined, form)]),
  )
}

function fitArray(value: unknown, items: Form): unknown {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.map((item: unknown) => fit(item, items)) : value
}

function asBoolean(value: unknown): boolean | undefined {
  if (typeof value !== 'string') return undefined
  if (/^(?:true|yes)$/i.test(value.trim())) return true
  return /^(?:false|no|)$/i.test(value.trim()) ? false : undefined
}

function asNumber(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
}

/** "Organization" is `organisation`. */
function asWord(value: unknown, words: readonly string[]): unknown {
  if (typeof value !== 'string') return value
  const spelt = (word: string) => word.trim().toLowerCase().replaceAll('z', 's')
  return words.find((word) => spelt(word) === spelt(value)) ?? residual.find((word) => words.includes(word)) ?? value
}
