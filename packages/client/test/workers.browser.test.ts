import { scenario } from '@millrace/test-server/scenario'
import { expect, onTestFinished, test } from 'vitest'
import { play } from '../../../test/support/remote.ts'

interface Talk {
  readonly port: Worker | MessagePort
}

function dedicated(): Talk {
  const worker = new Worker(new URL('./workers/source.ts', import.meta.url), { type: 'module' })
  onTestFinished(() => worker.terminate())
  return { port: worker }
}

function shared(): Talk {
  const { port } = new SharedWorker(new URL('./workers/source.ts', import.meta.url), { type: 'module' })
  port.start()
  onTestFinished(() => port.close())
  return { port }
}

function ask({ port }: Talk, question: string): Promise<unknown> {
  return new Promise((resolve) => {
    port.addEventListener('message', (event) => resolve(event instanceof MessageEvent && event.data), {
      once: true,
    })
    port.postMessage(question, [])
  })
}

test.each([
  ['dedicated', dedicated],
  ['shared', shared],
])('in a %s worker a URL is relative to the location of the worker', async (_, make) => {
  const answer = await ask(make(), 'feed?x#y')
  expect(answer).toMatchObject({ url: expect.stringMatching(/\/workers\/feed\?x#y$/) })
})

test.each([
  ['dedicated', dedicated],
  ['shared', shared],
])('in a %s worker messages come, as MessageEvents of the worker', async (_, make) => {
  await using server = await play(scenario([{ type: 'event', data: 'to a worker' }, { type: 'hang' }]))
  expect(await ask(make(), server.url)).toEqual({ data: 'to a worker', isMessageEvent: true })
})

test.each([
  ['dedicated', dedicated],
  ['shared', shared],
])(
  'a %s worker whose network seems to be gone tries again: nothing tells it when it is back',
  async (_, make) => {
    const cut = scenario(
      [{ type: 'text', text: 'retry: 0\n\n' }, { type: 'end' }],
      [{ type: 'event', data: 'after' }, { type: 'hang' }],
    )
    await using server = await play(cut)
    expect(await ask(make(), `offline ${server.url}`)).toMatchObject({ data: 'after' })
  },
)

test('a dedicated worker that has closed itself can still construct one, CONNECTING', async () => {
  expect(await ask(dedicated(), 'after close')).toBe(0)
})

test('in a window a URL is relative to the base of the document', async () => {
  const { EventSource } = await import('@millrace/client')
  const base = document.createElement('base')
  base.href = 'http://base.example/deep/'
  document.head.append(base)
  const source = new EventSource('feed')
  source.close()
  base.remove()
  expect(source.url).toBe('http://base.example/deep/feed')
})
