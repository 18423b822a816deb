import { expect } from 'vitest'
import { scenario } from './scenario/build.ts'
import type { TestServer } from './socket/serve.ts'
import { test } from './vitest.ts'

const kept: { server?: TestServer } = {}

test('serve() of the fixture plays a scenario', async ({ serve }) => {
  kept.server = await serve(scenario([{ type: 'event', data: 'a' }, { type: 'hang' }]))
  const reader = (await fetch(kept.server.url)).body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: a\n\n')
  expect(kept.server.connections.open).toBe(1)
})

test('a server of the fixture is gone when its test is over, with all its connections', async () => {
  expect(kept.server?.connections.open).toBe(0)
  await expect(fetch(kept.server?.url ?? '')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
})
