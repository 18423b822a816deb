/** A fetch whose reply is an event stream with just these events, whole or piece by piece, then its end. */
export function fetchGiving(
  ...events: readonly { data: string; event?: string; id?: string }[]
): typeof fetch {
  const text = events.map(({ data, event, id }) => {
    const name = event === undefined ? '' : `event: ${event}\n`
    const idLine = id === undefined ? '' : `id: ${id}\n`
    return `${name}${idLine}data: ${data}\n\n`
  })
  return async () => new Response(text.join(''), { headers: { 'content-type': 'text/event-stream' } })
}
