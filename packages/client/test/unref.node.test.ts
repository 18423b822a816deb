import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** What a process says that does nothing but read from a server which is down, or never answers, until it ends by itself. */
async function said(reader: string, fetch: string, unref: boolean): Promise<string> {
  const program = `
    import { EventSource, fetchEventStream } from '@millrace/client'
    let calls = 0
    const down = async () => {
      if (++calls === 1) throw new TypeError('down')
      console.log('asked again')
      source.close()
    }
    const mute = () => new Promise(() => {})
    const options = { fetch: ${fetch}, unref: ${unref}, retry: { initialDelay: 0 }, timeouts: { total: 60_000 } }
    const source = ${reader}('http://127.0.0.1/', options)
    source.done?.()
  `
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@millrace/source',
    '--input-type=module',
    '-e',
    program,
  ])
  return stdout.trim()
}

const readers = ['new EventSource', 'fetchEventStream']

test.concurrent.each(readers)('%s: a pending reconnect keeps the process alive', async (reader) => {
  expect(await said(reader, 'down', false)).toBe('asked again')
})

test.concurrent.each(readers)('%s: with unref it does not', async (reader) => {
  expect(await said(reader, 'down', true)).toBe('')
})

test.concurrent.each(readers)('%s: no timeout of ours keeps the process alive', async (reader) => {
  expect(await said(reader, 'mute', false)).toBe('')
})
