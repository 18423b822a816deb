import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { bundleStories } from './bundle.ts'
import { isFirstRest, tellings, type Story } from './scenarios.ts'

/** As on Angular's server: that of a document that only looks like one, which Node's EventTarget refuses. */
const serversEvent = 'globalThis.Event = class Event {}'

/** Node's fetch has one timer for all requests, in the zone of the first: one that nobody answers. */
const firstRequest = "fetch('http://127.0.0.1:2/').catch(() => {})"

test.concurrent.for<Story>(['subscription', 'answer'])(
  'on a server under zone.js, with an Event that is not Node’s, nothing waits for %s, which is told in its zone',
  async (name, { onTestFinished }) => {
    const { server: scenario, says } = tellings[name]
    await using server = await play(scenario)
    const folder = await mkdtemp(join(tmpdir(), 'millrace-zone-'))
    const program = join(folder, 'program.mjs')
    const url = JSON.stringify(server.url)
    const story = `${firstRequest}.then(() => stories.${name}(${url}, (word) => console.log(word)))`
    await writeFile(program, await bundleStories('node', `${serversEvent}\n${story}`))
    const child = spawn(process.execPath, [program])
    onTestFinished(async () => {
      child.kill()
      await rm(folder, { recursive: true })
    })
    const said: string[] = []
    for await (const word of createInterface(child.stdout)) {
      said.push(word)
      if (isFirstRest(said)) await server.release('cut')
    }
    expect(said).toEqual(says)
  },
)
