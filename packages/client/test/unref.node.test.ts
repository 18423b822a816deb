import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

interface Case {
  readonly reader: 'new EventSource' | 'fetchEventStream'
  /** The server is down, or never answers. */
  readonly server: 'down' | 'mute'
  readonly unref: boolean
}

/** What a process says that does nothing but read in these ways, until it ends by itself. */
async function said(...cases: readonly Case[]): Promise<string> {
  const program = `
    import { EventSource, fetchEventStream } from '@millrace/client'
    const servers = {
      down(name, close) {
        let calls = 0
        return async () => {
          if (++calls === 1) throw new TypeError('down')
          console.log(name + ' asked again')
          close()
        }
      },
      mute: () => () => new Promise(() => {}),
    }
    const begin = (name, server, unref, read) => {
      const fetch = servers[server](name, () => source.close())
      const source = read('http://127.0.0.1/', { fetch, unref, retry: { initialDelay: 0 }, timeouts: { total: 60_000 } })
      source.done?.()
    }
    ${cases.map(begun).join('\n')}
  `
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@millrace/source',
    '--input-type=module',
    '-e',
    program,
  ])
  return stdout.trim()
}

function begun({ reader, server, unref }: Case): string {
  return `begin('${reader}', '${server}', ${unref}, (url, options) => ${reader}(url, options))`
}

const readers = ['new EventSource', 'fetchEventStream'] as const

// Each in a process of its own, which another one could keep alive for it.
test.concurrent.each(readers)('%s: a pending reconnect keeps the process alive', async (reader) => {
  expect(await said({ reader, server: 'down', unref: false })).toBe(`${reader} asked again`)
})

test.concurrent('with unref no pending reconnect keeps the process alive, and no timeout of ours does anyway', async () => {
  const cases = readers.flatMap((reader): Case[] => [
    { reader, server: 'down', unref: true },
    { reader, server: 'mute', unref: false },
  ])
  expect(await said(...cases)).toBe('')
})
