export const question = { role: 'user', content: 'Which city is the capital of France? Answer as JSON.' }

/** Short, and of a known length: the model would not find an end by itself. */
export const citySchema = {
  type: 'object',
  properties: { city: { enum: ['Paris', 'Rome'] } },
  required: ['city'],
  additionalProperties: false,
}
