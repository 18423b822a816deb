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

test.each([
  ['?again', []],
  ['/there', [expect.stringContaining('one URL')]],
  ['{elsewhere}/there', [expect.stringContaining('one URL')]],
])('limitsOf() knows that behind MSW a redirect to %s leads away from the handlers, or not', (to, why) => {
  const moved = scenario([{ type: 'redirect', to }], [{ type: 'event', data: 'a' }])
  expect(limitsOf(moved, 'msw')).toEqual(why)
  expect(limitsOf(moved, 'socket')).toEqual([])
  expect(limitsOf(moved, 'fetch')).toEqual([])
})
