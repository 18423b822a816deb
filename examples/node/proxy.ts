/** A fetch of one's own: every request goes through an HTTP proxy, and cookies are kept from one to the next. */
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { fetchEventStream } from '@millrace/client'

const [url = 'http://feed.example.com/', proxy = 'http://127.0.0.1:3128'] = process.argv.slice(2)
const cookies = new Map<string, string>()

const throughProxy: typeof fetch = (target, init = {}) =>
  new Promise((resolve, reject) => {
    const headers = new Headers(init.headers)
    headers.set('host', new URL(String(target)).host)
    if (cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    const { hostname, port } = new URL(proxy)
    const sent = request({
      hostname,
      port,
      path: String(target),
      method: init.method ?? 'GET',
      headers: Object.fromEntries(headers),
      ...(init.signal ? { signal: init.signal } : {}),
    })
    sent.on('error', reject)
    sent.on('response', (reply) => {
      for (const cookie of reply.headers['set-cookie'] ?? []) {
        const [name = '', ...value] = (cookie.split(';', 1)[0] ?? '').split('=')
        cookies.set(name, value.join('='))
      }
      const { 'set-cookie': _kept, ...rest } = reply.headers
      const given = Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)])
      const status = reply.statusCode ?? 0
      // These have no body, and a Response with one is refused.
      const body = [204, 205, 304].includes(status) ? null : (Readable.toWeb(reply) as ReadableStream)
      resolve(new Response(body, { status, headers: given }))
    })
    sent.end(init.body)
  })

for await (const { data } of fetchEventStream(url, { fetch: throughProxy, until: 'over' })) console.log(data)
