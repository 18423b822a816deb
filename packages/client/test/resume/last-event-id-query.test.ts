import { lastEventIdQuery } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { done, end, event, post } from './reading.ts'

describe('lastEventIdQuery()', () => {
  test('puts the ID into the query, and no header', async () => {
    const { data, sent } = await post(scenario([event('a b'), end], [event('2'), done, end]), {
      resume: lastEventIdQuery('from'),
    })

    expect(data).toEqual(['a b', '2'])
    expect(sent[1]).toMatchObject({
      method: 'GET',
      path: expect.stringMatching(/\?from=a\+b$/),
      lastEventId: null,
    })
  })

  test('puts the ID that a subscription is given into the query, from its first request on', async () => {
    const { data, sent } = await post(scenario([event('8'), done, end]), {
      json: undefined,
      lastEventId: '7',
      resume: lastEventIdQuery('from'),
    })

    expect(data).toEqual(['8'])
    expect(sent).toMatchObject([
      { method: 'GET', path: expect.stringMatching(/\?from=7$/), lastEventId: null },
    ])
  })

  test('leaves the query as it is where a cursor has no ID', async () => {
    const { sent } = await post(scenario([done, end]), {
      resume: lastEventIdQuery('from'),
      cursor: { lastEventId: '', events: 0 },
    })

    expect(sent).toMatchObject([{ path: expect.not.stringContaining('from') }])
  })
})
