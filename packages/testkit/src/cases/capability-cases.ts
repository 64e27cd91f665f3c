import assert from 'node:assert/strict'
import { GraphMemError, recordKinds } from '@graphmem/core/spec'
import { everyRead } from '../every-read.ts'
import { build, oneOfEach, segment } from '../record-builders.ts'
import type { StoreCase } from '../store-case.ts'
import { write } from '../write.ts'
import { themed } from './themed.ts'

export const capabilityCases: readonly StoreCase[] = themed('capabilities', [
  {
    id: 'capability-names',
    behaviour: 'a store says what it is and what it can do',
    async run({ store }) {
      assert.equal(store.specVersion, 1)
      assert.match(store.name, /^[a-z][a-z0-9-]*$/)
      const { durable, multiProcess } = store.capabilities
      assert.deepEqual([typeof durable, typeof multiProcess], ['boolean', 'boolean'])
    },
  },
  {
    id: 'capability-durable',
    behaviour: 'a durable store has everything after it was closed and opened again; one that is not has nothing',
    async run({ store, scopes, graph, reopen }) {
      const changes = { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] }
      const options = { applyId: 'once', expect: await graph.head(), generation: 'g1' }
      const nothing = await everyRead(store, scopes.own, ['r1'])
      const { head } = await graph.apply(changes, options)
      const everything = await everyRead(store, scopes.own, ['r1'])
      const { durable } = store.capabilities
      await store[Symbol.asyncDispose]()
      const again = await reopen()
      assert.equal(await everyRead(again, scopes.own, ['r1']), durable ? everything : nothing)
      const reopened = again.open(scopes.own)
      assert.deepEqual(await reopened.head(), durable ? head : { version: 0 })
      assert.equal((await reopened.apply(changes, options)).changed, !durable, 'an applyId is remembered as long as what it wrote')
    },
  },
  {
    id: 'capability-durable-erasure',
    behaviour: 'what was erased is not there after the store was closed and opened again',
    requires: ['durable'],
    async run({ store, scopes, graph, reopen }) {
      const { head } = await write(graph, { put: oneOfEach('r1'), putSegments: [segment('g1', 1)] })
      await write(store.open(scopes.other), { put: oneOfEach('r1') })
      await graph.erase()
      await store[Symbol.asyncDispose]()
      const again = await reopen()
      assert.deepEqual(await again.open(scopes.own).head(), { version: 0 })
      assert.deepEqual(await again.user(scopes.own.userId).list(), [])
      for (const kind of recordKinds) assert.deepEqual(await again.open(scopes.other).get(kind, ['r1']), oneOfEach('r1')[kind], kind)
      const anew = await write(again.open(scopes.own), { put: oneOfEach('r1') })
      assert.notEqual(anew.head.incarnation, head.incarnation)
    },
  },
  {
    id: 'capability-multi-process',
    behaviour: 'two stores over the same data see each other, and only one of two writers from one head succeeds',
    requires: ['multiProcess'],
    async run({ scopes, graph, reopen }) {
      const second = (await reopen()).open(scopes.own)
      const { head } = await write(graph, { put: { senses: [build.senses('s1')] } })
      assert.deepEqual(await second.head(), head)
      assert.deepEqual(await second.get('senses', ['s1']), [build.senses('s1')])
      const race = [graph, second].map((each, at) =>
        write(each, { put: { facts: [build.facts(`f${at}`)] } }, { expect: head, applyId: `by ${at}` }),
      )
      const results = await Promise.allSettled(race)
      for (const result of results) {
        if (result.status === 'rejected') assert.ok(GraphMemError.is(result.reason) && result.reason.retryable, String(result.reason))
      }
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.deepEqual(await second.head(), await graph.head())
      assert.equal((await graph.count()).facts, 1)
      await second.erase()
      assert.deepEqual(await graph.head(), { version: 0 })
    },
  },
])
