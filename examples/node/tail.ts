/** Follows a log until it is told to stop; then what is at hand is finished, the socket closed, the process gone. */
import { fetchEventStream } from '@millrace/client'

const [url = 'https://api.example.com/log'] = process.argv.slice(2)
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort('SIGTERM'))

await using log = fetchEventStream(url, { signal: stop.signal })
try {
  for await (const { data } of log) console.log(data)
} catch (error) {
  if (!stop.signal.aborted) throw error
}
const { events, lastEventId } = await log.outcome
console.log(`stopped after ${events}, at ${lastEventId}`)
