import { expect, test, vi } from 'vitest'
import { cutPiece, pieces } from '../answer.ts'
import { start } from './start.ts'

// Programs of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

test.concurrent('start --once survives a cut inside a character: nothing lost, nothing doubled, exit code 0', async () => {
  const { code, stdout, stderr } = await start('--once').ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })

  const flowing = (text: string) => text.replaceAll(/\n\[.*\]/g, '').replaceAll(/\s+/g, ' ')
  expect(flowing(stdout)).toContain(flowing(pieces.join('')))

  const phrases = stdout.match(/(?<=^\[).*(?=\]$)/gm)
  expect(phrases).toEqual([
    'connecting',
    'open',
    expect.stringMatching(/^waiting \d\.\d s$/),
    'connecting',
    `resumed at id ${cutPiece - 1}`,
  ])
  const rows = Array.from(stdout.matchAll(/^(\w[\w ]+\w) {2,}(.+)$/gm))
  const figures = Object.fromEntries(rows.map(([, name, value]) => [name, value]))
  expect(figures).toEqual({
    'tokens sent': String(pieces.length),
    'tokens received': String(pieces.length),
    lost: '0',
    duplicated: '0',
    'cuts survived': '1',
    'time to the first token': expect.stringMatching(/^\d+ ms$/),
    outcome: 'complete',
  })
})

test.concurrent('start ends at once, and cleanly, when it is stopped in the middle of the answer', async () => {
  const { child, said, ended } = start('--once')
  await said(/\[open\]/)
  child.kill('SIGINT')
  const { code, stdout, stderr } = await ended
  expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
  expect(stdout).toMatch(/^outcome +aborted$/m)
  // The server had not sent the rest.
  expect(stdout).not.toMatch(/^lost /m)
})

test.concurrent('start serves the page until it is stopped', async () => {
  const { child, said, ended } = start()
  const [, url = ''] = await said(/(http:\/\/\S+)/)
  expect(await (await fetch(url)).text()).toContain('<title>Millrace')
  child.kill('SIGINT')
  const { code, stderr } = await ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test.concurrent('start ends without a stack trace when nobody reads its lines any more', async () => {
  const { child, said, ended } = start('--once')
  await said(/connecting/)
  child.stdout?.destroy()
  const { stderr } = await ended
  expect(stderr).toBe('')
})
