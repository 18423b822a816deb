import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { Readable, Writable } from 'node:stream'
import type { PageOpener } from '../setup/page-provider.ts'
import { v8Flags } from '../setup/v8-flags.ts'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--no-startup-window',
  // Its two pipes carry the commands; Chromium ends when they are closed, however this process ends.
  '--remote-debugging-pipe',
  // Lists under the address bar, two documents for each window, which nobody sees.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  // It asks its maker's services whatever else is said; tests ask nothing outside of this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
  // Thousands of replies, each of them written down, and the next run has a profile of its own.
  '--disk-cache-dir=/dev/null',
  '--disk-cache-size=1',
  `--js-flags=${v8Flags(process.env, process.execArgv).join(' ')}`,
  // Two pages run tests side by side; neither may be slowed down for being in the background.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
]

interface Reply {
  readonly id?: number
  readonly error?: { readonly message: string }
}

/** It opens windows: a tab behind another one would be a hidden page. */
export async function startChromium(path: string): Promise<PageOpener> {
  const profile = await mkdtemp(join(tmpdir(), 'millrace-chromium-'))
  const child = spawn(path, [...flags, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // Else the socket of its profile stays there when it ends.
    env: { ...process.env, TMPDIR: profile },
  })
  const [, , , commands, replies] = child.stdio
  if (!(commands instanceof Writable) || !(replies instanceof Readable)) {
    throw new TypeError(`${path} was started without pipes for commands.`)
  }
  const gone = once(child, 'exit')
  const waiting = new Map<number, (reply: Reply) => void>()
  // Pipes break when the program ends, and how it ended says more.
  for (const pipe of [commands, replies]) pipe.on('error', () => {})
  eachReply(replies, (reply) => waiting.get(reply.id ?? 0)?.(reply)).catch(() => {})
  let sent = 0

  return {
    async open(url) {
      const id = ++sent
      const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve))
      commands.write(
        `${JSON.stringify({ id, method: 'Target.createTarget', params: { url, newWindow: true } })}\0`,
      )
      const ended = gone.then(([code]): Reply => ({ error: { message: `it ended (${code})` } }))
      const { error } = await Promise.race([replied, ended])
      if (error) throw new TypeError(`${path} opens no page: ${error.message}.`)
    },
    async close() {
      child.kill()
      await gone
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Messages end with a zero byte. */
async function eachReply(replies: Readable, take: (reply: Reply) => void): Promise<void> {
  let rest = ''
  for await (const text of replies.setEncoding('utf8')) {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) take(JSON.parse(message))
  }
}
