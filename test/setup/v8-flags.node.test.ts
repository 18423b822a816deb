import { expect, test } from 'vitest'
import { v8Flags } from './v8-flags.ts'

test.each([
  { why: 'beside a developer', env: {}, execArgv: [], flags: ['--single-threaded'] },
  { why: 'in CI', env: { CI: 'true' }, execArgv: [], flags: [] },
  { why: 'under a profiler', env: {}, execArgv: ['--cpu-prof-dir=/tmp', '--cpu-prof'], flags: [] },
  { why: 'under a debugger', env: {}, execArgv: ['--inspect-brk'], flags: [] },
])('v8Flags() gives V8 $flags $why', ({ env, execArgv, flags }) => {
  expect(v8Flags(env, execArgv)).toEqual(flags)
})
