import { stripVTControlCharacters } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { run } from './run.ts'
import { runStep, type Step } from './step.ts'

afterEach(() => void vi.restoreAllMocks())

async function linesOf(step: Omit<Step, 'name' | 'proves'>) {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  const held = await runStep({ name: 'sample', proves: 'it runs', ...step })
  return { held, lines: log.mock.calls.map(([line]) => stripVTControlCharacters(String(line))) }
}

const saying = (code: number) => () => run('node', ['-e', `console.error('why'); process.exitCode = ${code}`])

test('runStep() says one line for a step that holds', async () => {
  const { held, lines } = await linesOf({ run: saying(0) })
  expect(held).toBe(true)
  expect(lines).toEqual([expect.stringMatching(/^✓ sample +\d+\.\d s {2}it runs$/)])
})

test('runStep() adds what the command said when the step fails', async () => {
  const { held, lines } = await linesOf({ run: saying(1) })
  expect(held).toBe(false)
  expect(lines).toEqual([expect.stringMatching(/^✗ sample/), '    why'])
})

test('runStep() shows a report when it passes too', async () => {
  const { lines } = await linesOf({ run: saying(0), report: true })
  expect(lines).toContain('    why')
})

test('runStep() fails for a command that is not there', async () => {
  const { held, lines } = await linesOf({ run: () => run('no-such-command', []) })
  expect(held).toBe(false)
  expect(lines[1]).toContain('no-such-command')
})
