import { scenario, type Step } from '@millrace/test-server/scenario'
import { useEventSource, useEventStream } from '@millrace/client/react'
import { StrictMode, useEffect, useInsertionEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { mountReact } from '../../test/support/mount-react.tsx'

const tokens = (...texts: string[]): Step[] => texts.map((data) => ({ type: 'event', data }))

function Chat({ url, prompts = ['Hi'] }: { url: string; prompts?: string[] }): ReactNode {
  const { data, phase, outcome, error, start, stop, reset } = useEventStream({
    request: (prompt: string) => ({ url, json: { prompt }, until: '[DONE]' }),
    initial: '',
    reduce: (text, event) => text + event.data,
  })
  return (
    <>
      {prompts.map((prompt) => (
        <button key={prompt} onClick={() => start(prompt)}>
          {prompt}
        </button>
      ))}
      <button onClick={stop}>stop</button>
      <button onClick={reset}>reset</button>
      <p>{`${phase} "${data}" ${outcome?.type} ${error?.code}`}</p>
    </>
  )
}

test('useEventStream() sends nothing before start, then shows the answer token by token up to its terminator', async () => {
  await using server = await play(
    scenario([...tokens('Das ', 'Wasser '), { type: 'gate', name: 'more' }, ...tokens('läuft', '[DONE]')]),
  )
  using page = mountReact(<Chat url={server.url} />)
  await page.says('idle "" undefined')
  expect((await server.records()).requests).toHaveLength(0)
  page.click('Hi')
  await page.says('open "Das Wasser "')
  await server.release('more')
  await page.says('closed "Das Wasser läuft" complete undefined')

  expect(await server.requests(1)).toMatchObject([{ method: 'POST', body: '{"prompt":"Hi"}' }])
})

test('useEventStream() keeps what came of a cut answer, and does not call it complete', async () => {
  await using server = await play(scenario([...tokens('half'), { type: 'end' }]))
  using page = mountReact(<Chat url={server.url} />)
  await page.says('idle')
  page.click('Hi')
  await page.says('closed "half" truncated truncated')
})

test('start() of useEventStream() supersedes the answer under way, whose socket closes', async () => {
  await using server = await play(
    scenario([...tokens('first'), { type: 'hang' }], [...tokens('second', '[DONE]')]),
  )
  using page = mountReact(<Chat url={server.url} prompts={['One', 'Two']} />)
  await page.says('idle')
  page.click('One')
  await page.says('open "first"')
  page.click('Two')
  await page.says('closed "second" complete')

  const { exchanges } = await server.closed(2)
  expect(exchanges.map(({ state }) => state)).toEqual(['aborted', expect.stringMatching(/end|aborted/)])
})

test('stop() of useEventStream() closes the socket and keeps the text; reset() forgets it', async () => {
  await using server = await play(scenario([...tokens('kept'), { type: 'hang' }]))
  using page = mountReact(<Chat url={server.url} />)
  await page.says('idle')
  page.click('Hi')
  await page.says('open "kept"')
  page.click('stop')
  await page.says('closed "kept" aborted undefined')
  await server.closed()
  page.click('reset')
  await page.says('idle "" undefined')
})

test.each([
  ['an effect', useEffect],
  ['a layout effect', useLayoutEffect],
  ['an insertion effect', useInsertionEffect],
])(
  'useEventStream() that starts in %s sends one request under StrictMode, and unmounting closes it',
  async (_, useSomeEffect) => {
    await using server = await play(scenario([...tokens('once'), { type: 'hang' }]))
    function Immediate(): ReactNode {
      const { data, start } = useEventStream({ request: () => ({ url: server.url, json: {} }) })
      useSomeEffect(() => start(undefined), [start])
      return <p>{data}</p>
    }
    using page = mountReact(<Immediate />, StrictMode)
    await page.says('once')
    page.unmount()

    expect((await server.closed()).requests).toHaveLength(1)
  },
)

test('useEventStream() that is started once, whatever StrictMode does, goes on to the end of its answer', async () => {
  await using server = await play(scenario([...tokens('once', '[DONE]')]))
  function Once(): ReactNode {
    const { data, phase, start } = useEventStream({
      request: () => ({ url: server.url, json: {}, until: '[DONE]' }),
    })
    const started = useRef(false)
    useEffect(() => {
      if (!started.current) start()
      started.current = true
    }, [start])
    return <p>{`${phase} ${data}`}</p>
  }
  using page = mountReact(<Once />, StrictMode)
  await page.says('closed once')
  expect((await server.closed()).requests).toHaveLength(1)
})

test('useEventStream() in a component that onEvent unmounts brings it nothing more', async () => {
  await using server = await play(
    scenario([{ type: 'text', text: 'data: a\n\ndata: b\n\n' }, { type: 'hang' }]),
  )
  const heard: string[] = []
  function Short(): ReactNode {
    const { start } = useEventStream({
      request: () => ({ url: server.url, json: {} }),
      onEvent: ({ data }) => {
        heard.push(data)
        page.unmount()
      },
    })
    useEffect(() => start(), [start])
    return null
  }
  using page = mountReact(<Short />)

  expect((await server.closed()).exchanges).toMatchObject([{ state: 'aborted' }])
  expect(heard).toEqual(['a'])
})

test('useEventStream() asks with the request of the latest render', async () => {
  await using one = await play(scenario([...tokens('one', '[DONE]')]))
  await using two = await play(scenario([...tokens('two', '[DONE]')]))
  using page = mountReact(<Chat url={one.url} />)
  page.render(<Chat url={two.url} />)
  await page.says('idle')
  page.click('Hi')
  await page.says('closed "two" complete')
  expect((await one.records()).requests).toHaveLength(0)
})

test('start() of useEventStream() and useEventSource() in a component that is gone sends nothing', async () => {
  await using server = await play(scenario([...tokens('late'), { type: 'hang' }]))
  const starts: (() => void)[] = []
  function Late(): ReactNode {
    const answer = useEventStream({ request: () => ({ url: server.url }) })
    const feed = useEventSource(server.url)
    starts.push(answer.start, feed.start)
    return <p>{feed.data}</p>
  }
  using page = mountReact(<Late />)
  await page.says('late')
  page.unmount()
  await server.closed()
  for (const start of starts) start()
  // What another one sends later is there: so would be theirs.
  const later = await fetch(`${server.url}?later`)
  await later.body?.cancel()

  expect((await server.requests(2)).map(({ url }) => url.includes('later'))).toEqual([false, true])
})

test('start() of useEventStream() goes on from the `initial` of the latest render', async () => {
  await using server = await play(scenario([...tokens('b', '[DONE]')]))
  function Continued({ saved }: { saved: string }): ReactNode {
    const { data, phase, start, reset } = useEventStream({
      request: () => ({ url: server.url, json: {}, until: '[DONE]' }),
      initial: saved,
      reduce: (text, event) => text + event.data,
    })
    return (
      <>
        <button onClick={() => start()}>start</button>
        <button onClick={reset}>reset</button>
        <p>{`${phase} "${data}" of "${saved}"`}</p>
      </>
    )
  }
  using page = mountReact(<Continued saved="" />)
  await page.says('idle "" of ""')
  page.render(<Continued saved="a" />)
  await page.says('idle "" of "a"')
  page.click('start')
  await page.says('closed "ab" of "a"')
  page.click('reset')
  await page.says('idle "a" of "a"')
})

test('useEventStream() whose request() throws says so, with what it threw', async () => {
  const cause = new RangeError('no chat is open')
  function Broken(): ReactNode {
    const { start, phase, error } = useEventStream({
      request: () => {
        throw cause
      },
    })
    useEffect(() => start(), [start])
    return <p>{`${phase} ${error?.code} ${error?.message} ${error?.cause === cause}`}</p>
  }
  using page = mountReact(<Broken />)
  await page.says('closed invalid-option `request` threw an error; see `cause` true')
})

test('useEventStream() renders on a server as it is before the start', () => {
  expect(renderToString(<Chat url="http://127.0.0.1:1/" />)).toContain('idle')
})
