import { APICallError, InvalidPromptError, LoadAPIKeyError, LoadSettingError, UnsupportedFunctionalityError } from '@ai-sdk/provider'
import { GraphMemError, modelFailure } from '@graphmem/core/spec'

/**
 * A provider's error without what it carries: the request, and what was answered.
 *
 * @param hadSchema whether the answer was to have a form
 */
export function aiSdkFailure(model: string, error: unknown, hadSchema = false): GraphMemError {
  if (LoadAPIKeyError.isInstance(error) || LoadSettingError.isInstance(error)) {
    return new GraphMemError({
      code: 'MODEL_DENIED',
      message: `Cannot use ${model}: its key, or a setting of it, is missing. Give it to the provider.`,
    })
  }
  if (hadSchema && refusesSchema(error)) {
    return new GraphMemError({
      code: 'MODEL_SCHEMA_REFUSED',
      retryable: true,
      message: `Cannot use ${model}: it does not take the schema of the answer. Make the same call again: it goes without one.`,
    })
  }
  if (UnsupportedFunctionalityError.isInstance(error) || InvalidPromptError.isInstance(error)) {
    return new GraphMemError({ code: 'MODEL_INPUT_REFUSED', message: `Cannot use ${model}: its provider cannot make such a request.` })
  }
  if (!APICallError.isInstance(error)) return modelFailure({ model, status: undefined })
  const { statusCode, responseHeaders } = error
  // An answer that cannot be read has a status too, of success.
  const status = statusCode !== undefined && statusCode >= 300 ? statusCode : undefined
  return modelFailure({ model, status, headers: responseHeaders && new Headers(responseHeaders) })
}

function refusesSchema(error: unknown): boolean {
  if (UnsupportedFunctionalityError.isInstance(error)) return /response.?format|json|schema|structured/i.test(error.functionality)
  if (!APICallError.isInstance(error) || ![400, 422, 500].includes(error.statusCode ?? 0)) return false
  return /response.?(format|schema|mime)|json.?(schema|object)|structured.?output|output.?config|generation.?config/i.test(
    error.responseBody ?? '',
  )
}
