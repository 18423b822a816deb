import { spawn } from 'node:child_process'
import { serve, type Scenario, type Step } from '@millrace/test-server'
import { expect, test, vi } from 'vitest'
import { blockFor } from './blocks.ts'
import { bundle } from './bundle.ts'

// Programs of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** Runs the block under a heading as a program of its own; resolves to what it prints. */
async function printed(
  heading: string,
  scenario: Scenario = { replies: [] },
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  await using server = await serve(scenario)
  const program = await bundle(blockFor(heading, server.url), 'node')
  const child = spawn('node', ['--input-type=module'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(program)
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await new Promise((resolve) => child.on('close', resolve))
  return output
}

const piece = (content: string): Step => ({
  type: 'event',
  data: JSON.stringify({ choices: [{ delta: { content } }] }),
})

test.concurrent('the README prints an answer over POST as it comes, and its outcome', async () => {
  const scenario: Scenario = {
    replies: [
      {
        on: { method: 'POST', headers: { authorization: 'Bearer key' } },
        steps: [piece('A channel'), piece(' for water.'), { type: 'event', data: '[DONE]' }],
      },
    ],
  }
  expect(await printed('Millrace', scenario, { API_KEY: 'key' })).toBe('A channel for water.\ncomplete\n')
})

test.concurrent('the README subscribes in Node: after a drop it goes on after the last event ID', async () => {
  const price = (id: string, data: string) => ({ event: 'price', id, data })
  const scenario: Scenario = {
    log: [price('1', '100'), price('2', '101')],
    replies: [
      { on: { resumed: false }, steps: [{ type: 'event', ...price('1', '100') }, { type: 'reset' }] },
      { on: { request: 2 }, steps: [{ type: 'replay' }, { type: 'end' }] },
      { steps: [{ type: 'status', status: 204 }] },
    ],
  }
  expect(await printed('Node', scenario)).toBe('1 price 100\n2 price 101\n')
})

test.concurrent('the README shows how to test a client against a server that breaks off', async () => {
  expect(await printed('A test')).toBe("before\nafter\n[ null, '1' ]\n")
})
