#!/usr/bin/env node
import { spawn } from 'node:child_process'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { main } from './cli/main.ts'

const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['explorer'],
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
// Whoever reads our lines may have read enough (`| head`).
process.stdout.on('error', () => stop.abort())

void main({
  args: process.argv.slice(2),
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  lines() {
    const input = createInterface({ input: process.stdin })
    stop.signal.addEventListener('abort', () => input.close())
    return input
  },
  openBrowser(url) {
    const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open']
    spawn(command, [...args, url], { stdio: 'ignore', detached: true })
      .on('error', () => process.stdout.write(`No browser could be opened; the address is ${url}\n`))
      .unref()
  },
  signal: stop.signal,
}).then((code) => {
  process.exitCode = code
  return code
})
