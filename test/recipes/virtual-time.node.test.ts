import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { fakeFetch, scenario } from '@millrace/test-server'
import { expect, test } from 'vitest'

test('asks again four seconds after the end', async () => {
  const time = virtualTime()
  const fake = fakeFetch(
    scenario([{ type: 'event', data: 'a' }, { type: 'wait', ms: 60_000 }, { type: 'end' }]),
    time,
  )
  const source = new EventSource(fake.url, { fetch: fake.fetch, runtime: time.runtime })
  const heard: string[] = []
  source.addEventListener('message', ({ data }) => heard.push(data))

  await time.advance(60_000)
  expect(heard).toEqual(['a'])
  await time.advance(5000)
  expect(heard).toEqual(['a', 'a'])
  source.close()
})
