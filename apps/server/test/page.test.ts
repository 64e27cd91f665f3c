import { describeThePage } from './the-page.ts'

describeThePage('on one libSQL file', {
  algorithm: 'HS256',
  store: (folder) => ({ GRAPHMEM_STORE: `file:${folder}/memory.db` }),
  files: () => 'memory.db',
})

describeThePage('on a libSQL file a user', {
  algorithm: 'RS256',
  store: (folder) => ({ GRAPHMEM_STORE: `file:${folder}/{userId}.db` }),
  files: (user) => `${user}.db`,
})
