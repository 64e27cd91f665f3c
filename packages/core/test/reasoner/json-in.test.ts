import { describe, expect, it } from 'vitest'
import { jsonIn } from '../../src/reasoner/json-in.ts'

describe('the JSON in what a model wrote', () => {
  it.each([
    ['as it is', '{"a":[1,{"b":"}"}]}', { a: [1, { b: '}' }] }],
    ['in a code fence', '```json\n{"a":1}\n```', { a: 1 }],
    ['with prose around it', 'Sure! Here is {the} JSON:\n{"a":[1,2]}\nHope it helps {}.', { a: [1, 2] }],
    ['with trailing commas', '{"a":[1,2,],}', { a: [1, 2] }],
    ['with single quotes', "{'a': 'Bob\\'s {', 'b': \"it's\"}", { a: "Bob's {", b: "it's" }],
    ['with names without quotes', '{a: 1}', { a: 1 }],
    ['with comments', '{"a": 1 /* one */}', { a: 1 }],
    ['of Python', '{"a": True, "b": None}', { a: true, b: null }],
    ['after drafts of thought', '<think>{"a":"a long draft of what is to come"}</think>{"a":2}', { a: 2 }],
    ['as a list', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
  ])('is found %s', (_, text, value) => {
    expect(jsonIn(text)).toEqual(value)
  })

  it.each([
    ['prose', 'I cannot help with that.'],
    ['nothing', ''],
    ['half a document', '{"entities":[{"name":"Bob"},{"name":"Al'],
    ['a document without its last bracket', '{"entities":[{"name":"Bob"}]'],
    ['a document whose last string does not end', '{"a":"b}'],
  ])('is not found in %s', (_, text) => {
    expect(jsonIn(text)).toBeUndefined()
  })
})
