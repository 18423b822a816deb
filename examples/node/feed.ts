/** Follows a feed for weeks. Its token is made anew for an attempt when the server has refused the last one. */
import { fetchEventStream } from '@millrace/client'

const [url = 'https://api.example.com/feed', tokenUrl = 'https://api.example.com/token'] =
  process.argv.slice(2)

let token = ''
async function freshToken(): Promise<string> {
  const reply = await fetch(tokenUrl, { method: 'POST' })
  // What is thrown here has failed one attempt; the next one asks again.
  if (!reply.ok) throw new Error(`no token: ${reply.status}`)
  return reply.text()
}

const feed = fetchEventStream(url, {
  headers: async ({ previous }) => {
    if (previous?.status === 401) token = ''
    token ||= await freshToken()
    return { authorization: `Bearer ${token}` }
  },
  until: { event: 'closed' },
})
for await (const { type, data } of feed) console.log(type, data)
