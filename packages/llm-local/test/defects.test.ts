import { describe, expect, it } from 'vitest'
import { lines, names, readTurn } from './read.ts'

describe('defects of the Python library that must not come back', () => {
  it('takes no relation that mentions an entity for an entity: "verified identity for"', async () => {
    const extraction = await readTurn('Yesterday Acme verified identity for Bob.')
    expect(names(extraction)).toEqual(['Acme', 'Bob'])
  })

  it('keeps names of other scripts apart', async () => {
    const extraction = await readTurn('I flew from 東京 to 北京, then to 大阪 and Москва.')
    expect(names(extraction)).toEqual(['東京', '北京', '大阪', 'Москва', '@self'])
  })

  it('keeps marks that are part of a letter: two Hindi names that differ in vowels alone are two', async () => {
    expect(names(await readTurn('I saw मीरा and मारी.'))).toEqual(['मीरा', 'मारी', '@self'])
  })

  it('keeps the month of "2024-07"', async () => {
    expect(lines(await readTurn('I moved to Lyon in 2024-07.'))).toEqual(['@self lives_in Lyon from 2024-07-01/month'])
  })

  it('lets what held through 2018 end after its last day', async () => {
    expect(lines(await readTurn('I lived in Paris through 2018.'))).toEqual(['@self lives_in Paris until 2019-01-01/year'])
  })

  it('reads "last March" as over', async () => {
    expect(lines(await readTurn('I moved to Berlin last March.'))).toEqual(['@self lives_in Berlin from 2024-03-01/month'])
  })

  it('takes no impossible day for a date', async () => {
    const [fact] = (await readTurn('I moved to Lyon on 31 February 2020.')).facts
    expect(fact?.valid.fromPrecision).not.toBe('day')
  })
})
