import { readFileSync } from 'node:fs'
import { tursoStore } from '@graphmem/store-turso'
import { laboratory } from '../speed/laboratory.ts'
import { measurePeople } from './measure-people.ts'
import type { MemoriesCommand } from './memories-command.ts'

const { file, people } = JSON.parse(readFileSync(0, 'utf8')) as MemoriesCommand
await using lab = await laboratory((text) => console.error(`memories: ${text}`))
await using store = tursoStore({ url: `file:${file}` })
console.log(JSON.stringify(await measurePeople(store, people, 'one libSQL file', lab)))
