import { configInvalid } from './config-invalid.ts'

/** What models of the AI SDK have in common. */
export interface NamedModel {
  readonly specificationVersion: string
  readonly provider: string
  readonly modelId: string
}

/**
 * The id that is given, or made of the provider's name and the model's.
 *
 * @param does what such a model has to do
 * @throws GraphMemError `CONFIG_INVALID`
 */
export function checkedId(model: NamedModel, does: string, options: { readonly id?: string }, names: readonly string[]): string {
  if (typeof model !== 'object' || model === null || !(does in model))
    throw configInvalid('model', 'it is no such model. Give what a provider makes, as `openai(…)`, and not a name')
  if (!['v3', 'v4'].includes(model.specificationVersion))
    throw configInvalid('model', 'it is of another version of the AI SDK. Versions 3 and 4 of its provider interface are known')
  if (typeof options !== 'object' || options === null) throw configInvalid('options', 'they are no object')
  const unknownName = Object.keys(options).find((name) => !names.includes(name))
  if (unknownName !== undefined)
    throw configInvalid(unknownName, `there is no option \`${unknownName}\`. The options are ${names.join(', ')}`)
  const { id = `${model.provider.split('.')[0]}:${model.modelId}` } = options
  if (typeof id !== 'string' || !/^\S{1,300}$/.test(id)) throw configInvalid('id', 'it is no name as `openai:gpt-4o-mini`')
  return id
}
