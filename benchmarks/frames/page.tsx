import { useEventSource } from '@millrace/client/react'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'

/** The same page, fed by the browser's own class and setState, or by the hook. */
interface Shown {
  readonly count: number
  readonly history: readonly string[]
}

const kept = 1000

function Native() {
  const [{ count, history }, show] = useState<Shown>({ count: 0, history: [] })
  useEffect(() => {
    const source = new EventSource('/feed')
    source.addEventListener('message', ({ data }: MessageEvent<string>) =>
      show((shown) => ({ count: shown.count + 1, history: [...shown.history.slice(1 - kept), data] })),
    )
    return () => source.close()
  }, [])
  return <Table count={count} history={history} />
}

function Hook() {
  const { data, history } = useEventSource('/feed', {
    history: kept,
    initial: 0,
    reduce: (count) => count + 1,
  })
  return <Table count={data} history={history.map((event) => event.data)} />
}

function Table({ count, history }: Shown) {
  return (
    <>
      <h1>{count}</h1>
      <ol>
        {history.slice(-50).map((data) => (
          <li key={data}>{data}</li>
        ))}
      </ol>
      <p>{history.length} kept</p>
    </>
  )
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  location.hash === '#native' ? <Native /> : <Hook />,
)
