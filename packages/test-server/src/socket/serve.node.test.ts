import { expect, onTestFinished, test, vi } from 'vitest'
import { get } from '../../test/bare-http.ts'
import { hello, started } from '../../test/started.ts'
import { scenario } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { Routes } from './routes.ts'
import { serve, type ServeOptions } from './serve.ts'

test('a taken port is reported', async () => {
  const { port } = await started()
  await expect(serve(hello, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('close() drops what is open and leaves no connection', async () => {
  const server = await serve(scenario([{ type: 'open' }, { type: 'hang' }]))
  const reply = get(server.port)
  await server.nextRequest()
  await server.close()
  await reply
  expect(server.connections.open).toBe(0)
})

test('close() called twice at a time resolves for both callers', async () => {
  const server = await started({}, [{ type: 'open' }, { type: 'hang' }])
  const response = await fetch(server.url)
  await Promise.all([server.close(), server.close()])
  expect(server.connections.open).toBe(0)
  await expect(response.text()).rejects.toThrow()
})

test.each(['/a b', '/ü', '/a/./b'])('a scenario at the path %s answers for it', async (path) => {
  const server = await serve({ '/first': hello, [path]: hello })
  onTestFinished(() => server.close())
  expect(await (await fetch(server.at(path).url)).text()).toBe('data: hello\n\n')
  expect(server.at(path).requests).toHaveLength(1)
})

test.each([
  [[{ type: 'event', data: 'x' }], /^serve\(\) takes a scenario/],
  [undefined, /^serve\(\) takes a scenario/],
  [{ replys: [] }, /^A scenario has `replies`;.*"replys"$/],
  [{ '/a?b=1': hello }, /before the query: "\/a\?b=1"$/],
  [{ '/a': hello, '/b': { replies: [{}] } }, /^scenarios\["\/b"\]\.replies\[0\]\.steps: expected a list$/],
])('serve(%o) says what it takes', async (given, message) => {
  await expect(serve(given as unknown as Scenario)).rejects.toThrow(message)
})

test.each([
  [{ host: '' }, /^`host` is a name or an address/],
  [{ origins: 'http://localhost:5173' }, /^`origins` is a list of origins/],
  [{ limits: { conections: 1 } }, /^There is no limit "conections"; there are connections, header/],
  [{ limits: { life: -1 } }, /^`limits\.life` is a number from 0, or Infinity, not -1\.$/],
])('serve(…, %o) says what is wrong before it listens', async (options, message) => {
  await expect(serve(hello, options as unknown as ServeOptions)).rejects.toThrow(message)
})

test('what close() ends is recorded as that, and not as left by its client; also where its scenario was replaced', async () => {
  const server = await serve(scenario([{ type: 'open' }, { type: 'hang' }]))
  const { journal } = server.at('/')
  await fetch(server.url)
  server.add('/', hello)
  await server.close()
  expect(journal.exchanges).toMatchObject([{ state: 'fin', status: 200 }])
})

test('drop() by what is no ending throws, and ends nothing', async () => {
  const server = await started({}, [{ type: 'open' }, { type: 'hang' }])
  await fetch(server.url)
  expect(() => server.drop('bang' as 'end')).toThrow(TypeError)
  expect(server.exchanges).toMatchObject([{ state: 'open' }])
})

test('a path of thousands of slashes is looked up no more often than a scenario has slashes', () => {
  const routes = new Routes()
  const stage = routes.add('/a/b', hello)
  const get = vi.spyOn(Map.prototype, 'get')
  onTestFinished(() => get.mockRestore())

  expect(routes.find(`/a/b/${'/'.repeat(16_000)}`)).toBe(stage)
  expect(routes.find('/a/bc')).toBeUndefined()
  expect(get.mock.calls.length).toBeLessThan(10)
})
