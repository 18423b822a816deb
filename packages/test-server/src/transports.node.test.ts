import { expect, test } from 'vitest'
import { scenario } from './scenario/build.ts'
import { limitsOf } from './transports.ts'

const mute = scenario([{ type: 'status', status: 200 }, { type: 'hang' }])
const late = scenario([{ type: 'event', data: 'a' }, { type: 'hang' }])

test('limitsOf() knows that in a page MSW does not see an abort before the reply', () => {
  expect(limitsOf(mute, 'msw', { runtime: 'browser' })).toEqual([
    expect.stringContaining('before there is a reply'),
  ])
  expect(limitsOf(late, 'msw', { runtime: 'browser' })).toEqual([])
  expect(limitsOf(mute, 'msw')).toEqual([])
  expect(limitsOf(mute, 'socket')).toEqual([])
})
