import { describe, expect, it } from 'vitest'
import { isoInstant } from '../src/iso-instant.ts'

describe('an instant', () => {
  it.each([
    ['2024', Date.UTC(2024, 0)],
    ['2024-03', Date.UTC(2024, 2)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2024-03-02T10:00Z', Date.UTC(2024, 2, 2, 10)],
    ['2024-03-02T10:00', Date.UTC(2024, 2, 2, 10)],
    ['2024-03-02T10:00:30.250+02:00', Date.UTC(2024, 2, 2, 8, 0, 30, 250)],
    ['0099', Date.parse('0099-01-01T00:00:00Z')],
    ['-000044-03-15', Date.parse('-000044-03-15T00:00:00Z')],
  ])('is read from %s, with or without a zone, in UTC', (text, instant) => {
    expect(isoInstant(text, 'at')).toBe(instant)
  })

  it.each([
    '',
    'tomorrow',
    '2024-02-30',
    '2023-02-29',
    '2024-13',
    '2024-00-01',
    '2024-1-1',
    '12345',
    '202403',
    '20240302',
    '2024-03-02T25:00Z',
    '2024-03-02T',
    '2024-03-02 10:00',
    ' 2024',
    '2024-03-02T10:00Z[UTC]',
    '-000000',
    '+012024-02-30',
  ])('is refused for %j', (text) => {
    expect(() => isoInstant(text, 'at')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', field: 'at' }))
  })
})
