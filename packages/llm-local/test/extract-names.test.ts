import type { EntityType } from '@graphmem/core/spec'
import { describe, expect, it } from 'vitest'
import { names, readDocument, readTurn } from './read.ts'

const types: readonly (readonly [text: string, name: string, type: EntityType])[] = [
  ['I met Dr. Alice Smith yesterday.', 'Alice Smith', 'person'],
  ['She studied at the University of Copenhagen.', 'University of Copenhagen', 'organisation'],
  ['We crossed the River Thames.', 'River Thames', 'place'],
  ['He fought in World War II.', 'World War II', 'event'],
  ['They watched "The Quiet Hour" again.', 'The Quiet Hour', 'work'],
  ['My cat Luna sleeps.', 'Luna', 'animal'],
  ['He plays for a Hungarian club.', 'Hungarian', 'group'],
  ['She lives in Porto.', 'Porto', 'place'],
  ['He works at Acme Inc. in Leeds.', 'Acme Inc.', 'organisation'],
]

describe('names', () => {
  for (const [text, name, type] of types) {
    it(`finds ${name} as ${type}`, async () => {
      const extraction = await readTurn(text)
      expect(extraction.names.find((each) => each.name === name)?.type).toBe(type)
    })
  }

  it('splits two people and keeps one organisation of two', async () => {
    expect(names(await readTurn('Tom and Jerry met at Johnson & Johnson.'))).toEqual(['Tom', 'Jerry', 'Johnson & Johnson'])
  })

  it('keeps initials, hyphens and particles', async () => {
    const text = 'He admired J. K. Rowling, Mei-Ling, Vincent van Gogh and Hospital de São João.'
    expect(names(await readTurn(text))).toEqual(['J. K. Rowling', 'Mei-Ling', 'Vincent van Gogh', 'Hospital de São João'])
  })

  it('leaves an owner apart from what is owned', async () => {
    expect(names(await readTurn("We borrowed Alice's Toyota."))).toContain('Alice')
  })

  it('takes no capital at the start of a sentence for a name', async () => {
    expect(names(await readTurn('Music helps. Things got better! Thanks so much. Proud of that.'))).toEqual([])
  })

  it('takes no month or weekday for a name', async () => {
    expect(names(await readTurn('It rained on Monday and in March.'))).toEqual([])
  })

  it('takes nothing for a name in a sentence that is shouted', async () => {
    expect(names(await readTurn('THIS IS THE BEST DAY EVER'))).toEqual([])
  })

  it('joins a family name to the whole name', async () => {
    const extraction = await readDocument('Journal', 'The editor is Jan Philip Solovej. Solovej lives in Denmark.')
    const [whole, part] = ['Jan Philip Solovej', 'Solovej'].map((name) => names(extraction).indexOf(name))
    expect(extraction.same.map(({ a, b }) => [a, b])).toContainEqual([whole, part])
  })
})
