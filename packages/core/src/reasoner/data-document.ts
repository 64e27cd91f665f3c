/** Brackets that could close a fence or spell a token of a chat, ends of lines that are none in JSON, and signs that nobody sees. */
const escaped = /[<>\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu

/**
 * Data as a model is shown it: one JSON document, in which a text of users is a string and can be nothing else. It parses to the same data as without the
 * escapes.
 */
export function dataDocument(data: object): string {
  return JSON.stringify(data).replace(escaped, (sign) =>
    Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )
}
