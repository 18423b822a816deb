import { expect, test } from 'vitest'
import { commands } from 'vitest/browser'
import { play } from '../../../../test/support/remote.ts'
import { isFirstRest, tellings, type Story } from './scenarios.ts'

test.each<Story>(['subscription', 'answer'])(
  'under zone.js a page is at rest while %s waits, and is told in its own zone',
  async (name) => {
    const { server: scenario, says } = tellings[name]
    await using server = await play(scenario)
    const frame = document.createElement('iframe')
    const said: string[] = []
    const heard = ({ source, data }: MessageEvent<string>) => {
      if (source !== frame.contentWindow) return
      said.push(data)
      if (isFirstRest(said)) void server.release('cut')
    }
    addEventListener('message', heard)
    const script = await commands.bundledStories(
      `stories.${name}(${JSON.stringify(server.url)}, (word) => parent.postMessage(word, '*'))`,
    )
    frame.srcdoc = '<!doctype html><title>An app of its own</title>'
    document.body.append(frame)
    await expect.poll(() => frame.contentDocument?.title).toBe('An app of its own')
    const page = frame.contentDocument ?? expect.unreachable('a frame without a document')
    page.body.append(Object.assign(page.createElement('script'), { type: 'module', textContent: script }))
    await expect.poll(() => said.length).toBeGreaterThanOrEqual(says.length)
    removeEventListener('message', heard)
    frame.remove()
    expect(said).toEqual(says)
  },
)
