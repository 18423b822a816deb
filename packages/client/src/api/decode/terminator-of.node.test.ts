import { fetchEventStream } from '@millrace/client'
import { expect, test } from 'vitest'
import { terminatorOf } from './terminator-of.ts'

test('terminatorOf() says what did not come, for the error of an answer that was cut', () => {
  const never = () => false
  const hints = [
    undefined,
    '[DONE]',
    { event: ['done', 'failed'] },
    never,
    { when: never, what: 'a yes' },
  ].map((until) => terminatorOf(until).hint)
  expect(hints).toEqual([
    'The event stream ended',
    'The answer is not complete: the body ended before the data "[DONE]"',
    'The answer is not complete: the body ended before an event named done or failed',
    'The answer is not complete: the body ended before until() was true',
    'The answer is not complete: the body ended before a yes',
  ])
})

test('terminatorOf() reads a string as data, and a function as the predicate', () => {
  const is = () => true
  expect(terminatorOf('[DONE]')).toEqual(terminatorOf({ data: '[DONE]', end: false }))
  expect(terminatorOf(is)).toEqual(terminatorOf({ when: is, end: false }))
  expect(terminatorOf(is)).toMatchObject({ type: 'predicate', when: is })
})

test.each(['event: done\ndata: 1\n\n', 'event: done\ndata: 1\n\ndata: 2\n\n'])(
  'whoever took the name of an event for data is told what to write instead: %j',
  async (body) => {
    const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const stream = fetchEventStream('http://until.example/', { fetch, method: 'POST', until: 'done' })
    const { error } = await stream.done()

    expect(error).toMatchObject({
      code: 'truncated',
      message: expect.stringContaining('until: { event: "done" }'),
    })
  },
)
