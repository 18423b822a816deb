import { equal, run } from './realm.mjs'
import { collect, EventSource, fetchEventStream } from '@millrace/client'
import { fetch, requests } from './replies.mjs'

const own = 'https://api.test'
const headers = { authorization: 'Bearer abcdefgh', 'x-desk': 'seventeen' }

run(async () => {
  const { text, outcome } = await collect(
    fetchEventStream(`${own}/answer`, { fetch, headers, json: {}, until: '[DONE]' }),
  )
  equal([text, outcome.type, requests[0].method], ['üb', 'complete', 'POST'])

  const cut = await fetchEventStream(`${own}/cut`, { fetch, json: {}, until: '[DONE]' }).done()
  equal([cut.type, cut.events, cut.error.code, cut.error.name], ['network', 1, 'network', 'EventStreamError'])

  const idle = await fetchEventStream(`${own}/silent`, { fetch, json: {}, timeouts: { idle: 50 } }).done()
  equal([idle.type, requests.at(-1).let.includes('aborted')], ['timeout', true])

  const controller = new AbortController()
  const stream = fetchEventStream(`${own}/silent`, { fetch, signal: controller.signal })
  setTimeout(() => controller.abort(), 100)
  const thrown = await stream[Symbol.asyncIterator]()
    .next()
    .catch((error) => error)
  equal([thrown.name, (await stream.outcome).by], ['AbortError', 'signal'])

  const heard = []
  for await (const event of fetchEventStream(`${own}/feed`, { fetch })) {
    heard.push(event.type, event.data, event.lastEventId)
    if (event.data === 'c') break
  }
  equal(heard, ['message', 'a', '1', 'price', 'b', '1', 'message', 'c', '2'])

  let lacking = null
  try {
    lacking = new EventSource(`${own}/feed`, { fetch })
  } catch (error) {
    lacking = error
  }
  equal([lacking.name, lacking.message.includes('EventTarget')], ['TypeError', true])
})
