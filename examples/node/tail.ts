/** Follows a log until it is told to stop, or nobody reads; then what is at hand is finished, and the socket closed. */
import { fetchEventStream } from '@millrace/client'

const [url = 'https://api.example.com/log'] = process.argv.slice(2)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort(signal))
process.stdout.on('error', (error) => stop.abort(error)) // EPIPE: `tail.ts | head` reads no more

await using log = fetchEventStream(url, { signal: stop.signal })
try {
  for await (const { data } of log) console.log(data)
} catch (error) {
  if (!stop.signal.aborted) throw error
}
const { events, lastEventId } = await log.outcome
console.error(`stopped after ${events}, at ${lastEventId}`)
