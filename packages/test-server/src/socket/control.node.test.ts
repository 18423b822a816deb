import { describe, expect, test } from 'vitest'
import { bareHttp } from '../../test/bare-http.ts'
import { hello, started } from '../../test/started.ts'
import type { TestServer } from './serve.ts'

describe('control routes', () => {
  const body = JSON.stringify(hello)
  const send = (
    server: TestServer,
    headers: Readonly<Record<string, string>>,
    route = 'scenarios',
    method = 'POST',
  ) => fetch(new URL(route, server.control?.url), { method, headers, ...(method === 'POST' ? { body } : {}) })

  test('are off unless asked for', async () => {
    const server = await started()
    expect(server.control).toBeNull()
    await fetch(new URL('/.millrace/scenarios', server.url), { method: 'POST', body })
    expect(server.requests[0]?.url).toBe('/.millrace/scenarios')
  })

  test('need the token', async () => {
    const server = await started({ control: true })
    expect((await send(server, {})).status).toBe(401)
    expect((await send(server, { authorization: `Bearer ${server.control?.token}x` })).status).toBe(401)
    expect((await send(server, { authorization: `Bearer ${server.control?.token}` })).status).toBe(201)
  })

  test('need no header and no method that a preflight asks for', async () => {
    const server = await started({ control: 'token' })
    expect((await send(server, {}, 'scenarios?token=other')).status).toBe(401)
    const { id } = (await (await send(server, {}, 'scenarios?token=token')).json()) as { id: string }
    expect((await send(server, {}, `scenarios/${id}?token=token`, 'GET')).status).toBe(200)
    expect((await send(server, {}, `scenarios/${id}/remove?token=token`)).status).toBe(204)
    expect((await send(server, {}, `scenarios/${id}?token=token`, 'GET')).status).toBe(404)
  })

  test.each([
    { origin: 'http://evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('change nothing for %o, even with the token', async (headers) => {
    const { port, control } = await started({ control: true })
    const { text } = await bareHttp(
      port,
      [
        'POST /.millrace/scenarios HTTP/1.1',
        'host: localhost',
        'connection: close',
        `authorization: Bearer ${control?.token}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        `content-length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    )
    expect(text).toMatch(/^HTTP\/1\.1 403 /)
  })

  test('name the place of a mistake in a scenario', async () => {
    const server = await started({ control: 'token' })
    const response = await fetch(new URL('scenarios', server.control?.url), {
      method: 'POST',
      headers: { authorization: 'Bearer token' },
      body: '{"replies":[{"steps":[{"type":"wait","ms":"5"}]}]}',
    })
    expect([response.status, await response.text()]).toEqual([
      400,
      'scenario.replies[0].steps[0].ms: expected a number from 0\n',
    ])
  })

  test('publish to a channel, and end it', async () => {
    const server = await started({ control: 'token' })
    const steps = [{ type: 'open' }, { type: 'channel', name: 'a b' }, { type: 'comment', text: 'over' }]
    const post = (route: string, body: unknown = {}) =>
      fetch(`${server.control?.url}scenarios${route}?token=token`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
    const { id, path } = (await (await post('', { replies: [{ steps }] })).json()) as {
      id: string
      path: string
    }
    const response = await fetch(new URL(path, server.url))

    expect((await post(`/${id}/channels/a%20b`, { id: '1', data: 'live' })).status).toBe(204)
    expect((await post(`/${id}/channels/a%20b/end`)).status).toBe(204)
    expect(await response.text()).toBe('id: 1\ndata: live\n\n: over\n')

    const odd = await post(`/${id}/channels/a%20b`, { dta: 'x' })
    expect([odd.status, await odd.text()]).toEqual([
      400,
      'event.dta: expected no such member; there are event, data, id, retry\n',
    ])
    const unknown = await post(`/${id}/channels/b`, { data: 'x' })
    expect([unknown.status, await unknown.text()]).toEqual([
      404,
      'The scenario has no channel "b"; it has "a b".\n',
    ])
  })

  test('forget the scenarios that the next one names', async () => {
    const server = await started({ control: 'token' })
    const headers = { authorization: 'Bearer token' }
    const play = async (over = '') => {
      const reply = await send(server, headers, `scenarios${over}`)
      return ((await reply.json()) as { id: string }).id
    }
    const [first, second] = [await play(), await play()]
    const third = await play(`?remove=${first}&remove=${second}&remove=unknown`)
    const statuses = [first, second, third].map(
      async (id) => (await send(server, headers, `scenarios/${id}`, 'GET')).status,
    )
    expect(await Promise.all(statuses)).toEqual([404, 404, 200])
  })

  test('forget a scenario that was deleted', async () => {
    const server = await started({ control: 'token' })
    const headers = { authorization: 'Bearer token' }
    const { id, path } = (await (await send(server, headers)).json()) as { id: string; path: string }
    expect((await send(server, headers, `scenarios/${id}`, 'DELETE')).status).toBe(204)
    expect((await send(server, headers, `scenarios/${id}`, 'GET')).status).toBe(404)
    expect(server.requests).toEqual([])
    await (await fetch(new URL(path, server.url))).text()
    expect(server.requests).toHaveLength(1)
  })
})

test.each([
  ['gates/%zz', 'POST'],
  ['channels/%zz', 'POST'],
  ['drop?by=bang', 'POST'],
  ['?requests=many', 'GET'],
])('the control route %s says at once that it is wrong', async (route, method) => {
  const { control } = await started({ control: 'secret' })
  const headers = { authorization: 'Bearer secret' }
  const made = await fetch(`${control?.url}scenarios`, {
    method: 'POST',
    headers,
    body: JSON.stringify(hello),
  })
  const { id } = (await made.json()) as { readonly id: string }
  const separator = route.startsWith('?') ? '' : '/'
  const { status } = await fetch(`${control?.url}scenarios/${id}${separator}${route}`, { method, headers })
  expect(status).toBe(400)
})
