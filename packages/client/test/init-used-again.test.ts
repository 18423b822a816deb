import { EventSource, fetchEventStream } from '@millrace/client'
import { describe, expect, test } from 'vitest'
import { skipping } from '../../../test/support/skipping.ts'
import { fetchGiving } from './support/fetch-giving.ts'

const url = 'http://a.test/'

/** A fetch that answers with one event, and whatever it was asked with under the name `authorization`. */
function recording(answer: typeof fetch = fetchGiving({ data: '[DONE]' })) {
  const sent: (string | null)[] = []
  const record: typeof fetch = async (target, init) => {
    sent.push(new Headers(init?.headers).get('authorization'))
    return answer(target, init)
  }
  return { sent, fetch: record }
}

describe('an init that is used again with other members', () => {
  test('sends the headers of each call: no answer is asked for with the token of the next user', async () => {
    const { sent, fetch } = recording()
    const headers = { authorization: 'of Ann' }
    const init = { json: {}, until: '[DONE]', headers, fetch }
    const first = fetchEventStream(url, init)
    headers.authorization = 'of Bob'
    const second = fetchEventStream(url, init)
    headers.authorization = 'of nobody'

    await Promise.all([first.done(), second.done()])
    expect(sent).toEqual(['of Ann', 'of Bob'])
  })

  test('sends the headers of the call again with each try', async () => {
    const refused = async () => new Response(null, { status: 503, headers: { 'retry-after': '1' } })
    const answers = [refused, fetchGiving({ data: '[DONE]' })]
    const { sent, fetch } = recording(async (...asked) => (await answers.shift()?.(...asked)) ?? refused())
    const headers = new Headers({ authorization: 'of Ann' })
    const time = skipping()
    const stream = fetchEventStream(url, { json: {}, until: '[DONE]', headers, fetch, ...time.options })
    headers.set('authorization', 'of Bob')

    expect(await stream.done()).toMatchObject({ type: 'complete', attempts: 2 })
    expect(sent).toEqual(['of Ann', 'of Ann'])
  })

  test('has its headers read at the call alone', async () => {
    const { sent, fetch } = recording()
    const tokens = ['of the call']
    const headers = {
      get authorization() {
        return tokens.shift() ?? 'of later'
      },
    }
    await fetchEventStream(url, { json: {}, until: '[DONE]', headers, fetch }).done()
    expect(sent).toEqual(['of the call'])
  })

  test('sends the headers of the call from an EventSource too', async () => {
    const { sent, fetch } = recording()
    const headers = { authorization: 'of Ann' }
    const source = new EventSource(url, { headers, fetch })
    headers.authorization = 'of Bob'

    await new Promise((resolve) => source.addEventListener('message', resolve))
    source.close()
    expect(sent).toEqual(['of Ann'])
  })

  test('tells each observer of its own stream', async () => {
    const told: string[] = []
    const init = { json: {}, until: '[DONE]', fetch: fetchGiving({ data: '[DONE]' }) }
    const observed = { ...init, observe: ({ type }: { type: string }) => void told.push(`first ${type}`) }
    const first = fetchEventStream(url, observed)
    observed.observe = ({ type }) => void told.push(`second ${type}`)
    await first.done()
    await fetchEventStream(url, observed).done()

    const each = ['attempt', 'response', 'open', 'close']
    expect(told).toEqual([...each.map((type) => `first ${type}`), ...each.map((type) => `second ${type}`)])
  })

  test('asks each fetch for its own stream, and leaves no listener on a signal of before', async () => {
    const { signal } = new AbortController()
    const removed: string[] = []
    signal.removeEventListener = (type: string) => void removed.push(type)
    const init = { json: {}, until: '[DONE]', fetch: fetchGiving({ data: '[DONE]' }), signal }
    const stream = fetchEventStream(url, init)
    init.signal = new AbortController().signal
    init.fetch = () => Promise.reject(new Error('not asked for this one'))

    expect(await stream.done()).toMatchObject({ type: 'complete' })
    expect(removed).toEqual(['abort'])
  })
})
