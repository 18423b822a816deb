import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { inTurns } from './turns.ts'

const module = new URL('turns.ts', import.meta.url).href

/** Prints in which order all happens that the listeners of three events lead to. */
const program = (throwing: number) => `
const { inTurns } = await import(${JSON.stringify(module)})
const order = []
process.on('uncaughtException', ({ message }) => order.push(message))
const target = new EventTarget()
let events = 0
target.addEventListener('message', async () => {
  const event = ++events
  order.push('event ' + event)
  process.nextTick(() => order.push('tick ' + event))
  for (let turn = 1; turn <= 3; turn++) {
    await null
    order.push('turn ' + event + '.' + turn)
  }
  process.nextTick(() => order.push('late tick ' + event))
})
target.addEventListener('message', () => {
  if (events === ${throwing}) throw new Error('thrown')
})
await inTurns(3, () => target.dispatchEvent(new Event('message')))
console.log(order.join('\\n'))`

async function order(throwing: number, ...flags: string[]): Promise<string[]> {
  const args = [...flags, '--input-type=module', '--eval', program(throwing)]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args)
  expect(stderr).toBe('')
  return stdout.trim().split('\n')
}

const all = (event: number, ...thrown: string[]) => [
  `event ${event}`,
  `tick ${event}`,
  ...thrown,
  ...[1, 2, 3].map((turn) => `turn ${event}.${turn}`),
  `late tick ${event}`,
]

test.each([
  ['by Node’s own checkpoint', []],
  ['by immediates, where Node’s own would warn', ['--pending-deprecation', '--throw-deprecation']],
])('inTurns() runs all that a call leads to before the next one, %s', async (_, flags) => {
  expect(await order(0, ...flags)).toEqual([...all(1), ...all(2), ...all(3)])
})

const many = `
const { inTurns } = await import(${JSON.stringify(module)})
const { standStill } = await import(${JSON.stringify(new URL('../../../../test/support/stand-still.ts', import.meta.url).href)})
let calls = 0
let atTimer = 100
const work = () => {
  if (++calls === 1) setTimeout(() => (atTimer = calls))
  standStill(3)
}
await inTurns(100, work)
console.log(JSON.stringify({ calls, late: atTimer > 50 }))`

test.each([
  ['by Node’s own checkpoint', []],
  ['by immediates', ['--pending-deprecation', '--throw-deprecation']],
])('inTurns() leaves timers a turn between calls that take long, %s', async (_, flags) => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...flags,
    '--input-type=module',
    '--eval',
    many,
  ])
  expect(JSON.parse(stdout)).toEqual({ calls: 100, late: false })
})

test.each([
  [1, [...all(1, 'thrown'), ...all(2), ...all(3)]],
  [3, [...all(1), ...all(2), ...all(3, 'thrown')]],
])('inTurns() goes on after a throw that the process heard, of call %i', async (throwing, expected) => {
  expect(await order(throwing)).toEqual(expected)
})

/** How many of a thousand calls, of so many ms each, are made before others have a turn; and how often the clock is asked. */
async function firstTask(ms: number): Promise<{ readonly calls: number; readonly looks: number }> {
  let now = 0
  const looked = vi.spyOn(performance, 'now').mockImplementation(() => now)
  let calls = 0
  let first = { calls: 1000, looks: 0 }
  const work = () => {
    now += ms
    if (++calls === 1) setImmediate(() => (first = { calls, looks: looked.mock.calls.length }))
  }
  await inTurns(1000, work)
  const looks = looked.mock.calls.length
  looked.mockRestore()
  return first.calls < 1000 ? first : { calls, looks }
}

test.each([
  [50, 1],
  [5, 2],
  [1.5, 6],
  [0.05, 161],
])(
  'inTurns() with calls of %d ms each makes so many of them before others have a turn: %i',
  async (ms, calls) => {
    expect(await firstTask(ms)).toMatchObject({ calls })
  },
)

test('inTurns() looks at the clock at the start and after each sixteenth quick call', async () => {
  expect(await firstTask(0)).toEqual({ calls: 1000, looks: 2 + Math.ceil(999 / 16) })
})
