import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { bundledClient } from './support/bundled-client.ts'

const client = await bundledClient()

/** A realm that has the language and nothing else, in which the client was loaded. */
const bare = () => {
  const context = createContext({})
  runInContext(client, context)
  return (code: string): unknown => runInContext(code, context)
}

test('the client can be imported where there is nothing but the language', () => {
  expect(bare()('Object.keys(client)')).toContain('fetchEventStream')
})

test('where intrinsics are frozen, as under SES, a stream can be closed without a reason', () => {
  const run = bare()
  run('for (const one of [Error, TypeError]) Object.freeze(one.prototype)')
  run(
    'globalThis.URL = class { protocol = "https:"; username = ""; password = ""; href = "https://a.test/" }',
  )
  run('globalThis.Headers = class { has() { return true } forEach() {} }')
  run('globalThis.performance = { now: () => 0 }; globalThis.queueMicrotask = () => {}')
  expect(() =>
    run("globalThis.stream = client.fetchEventStream('https://a.test/'); stream.close(); stream.outcome"),
  ).not.toThrow()
})
