/** What can go wrong with an answer, and what one says about it. */
import { EventStreamError, fetchEventStream } from '@millrace/client'

const urls = process.argv.slice(2)

function advice(error: EventStreamError): string {
  switch (error.code) {
    case 'http-status':
      if (error.status === 401) return 'sign in again'
      if (error.retryAfter !== null) return `busy: try again in ${error.retryAfter / 1000} s`
      return `refused with ${error.status} (request ${error.requestId})`
    case 'truncated':
      return 'the answer is not complete: keep it, and offer to go on'
    case 'server-error':
      return `the model failed: ${error.type}`
    case 'timeout':
      return `too slow: ${error.timeout}`
    case 'network':
      return 'check the connection'
    case 'retries-exhausted':
      return `gave up after ${error.attempt} attempts: ${error.status ?? 'no reply'}`
    default:
      return `a defect: ${error.message}`
  }
}

for (const url of urls) {
  const stream = fetchEventStream(url, { json: {}, until: '[DONE]', timeouts: { idle: 300 } })
  try {
    for await (const { data } of stream) console.log(data)
  } catch (error) {
    if (!(error instanceof EventStreamError)) throw error
    console.log(advice(error))
  }
}
