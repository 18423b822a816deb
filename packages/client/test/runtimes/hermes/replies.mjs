import { Headers } from 'whatwg-fetch'

const sse = { 'content-type': 'text/event-stream' }
const later = () => new Promise((resolve) => setTimeout(resolve, 5))

/** What a body says, and how it ends: an error breaks it, null leaves it open. */
const bodies = {
  '/answer': [['data: ü\n\n', 'data: b\n\ndata: [DONE]\n\n'], { done: true }],
  '/cut': [['data: a\n\n'], new Error('The network connection was lost.')],
  '/silent': [[], null],
  '/feed': [['retry: 0\nid: 1\ndata: a\n\n', 'event: price\ndata: b\n\n'], { done: true }],
  '/feed 1': [['id: 2\ndata: c\n\n'], null],
}

/** The requests that came, with what became of each body. */
export const requests = []

/** As `expo/fetch` is: a body with a reader, an abort that rejects what is pending. */
export async function fetch(url, { headers, signal, method }) {
  const id = new Headers(headers).get('last-event-id')
  const request = { path: url.slice('https://api.test'.length), method, let: [] }
  requests.push(request)
  await later()
  const [chunks, end] = bodies[id === null ? request.path : `${request.path} ${id}`]
  const left = [...chunks]
  const read = async () => {
    await later()
    if (left.length > 0) return { done: false, value: new TextEncoder().encode(left.shift()) }
    if (end instanceof Error) throw end
    return (
      end ?? new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('Aborted'))))
    )
  }
  const cancel = async () => void request.let.push('cancelled')
  signal.addEventListener('abort', () => request.let.push('aborted'))
  return { status: 200, url, headers: new Headers(sse), body: { getReader: () => ({ read, cancel }) } }
}
