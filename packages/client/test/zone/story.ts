import { EventSource, fetchEventStream, lastEventIdGet } from '../../src/index.ts'
import type { Story } from './scenarios.ts'

/** What of zone.js the story uses; its own types would change those of the whole program. */
interface Zone {
  readonly name: string
  run<T>(work: () => T): T
  fork(spec: object): Zone
}
interface Tasks {
  readonly macroTask: boolean
}
interface Delegate {
  hasTask(zone: Zone, tasks: Tasks): void
}
declare const Zone: { readonly root: Zone; readonly current: Zone }

/** A word on what happened, with the zone that it happened in. */
type Say = (word: string) => void

/** Angular takes a page for stable while its zone has no timer and no request pending. */
function appZone(): { readonly zone: Zone; readonly rest: () => Promise<string> } {
  let busy = false
  const zone = Zone.root.fork({
    name: 'app',
    onHasTask: (parent: Delegate, current: Zone, target: Zone, tasks: Tasks) => {
      parent.hasTask(target, tasks)
      if (current === target) busy = tasks.macroTask
    },
  })
  const rest = () =>
    new Promise<string>((resolve) => {
      const latest = Date.now() + 5000
      const look = () => {
        if (!busy) resolve('at rest')
        else if (Date.now() > latest) resolve('never at rest')
        else setTimeout(look, 5)
      }
      Zone.root.run(look)
    })
  return { zone, rest }
}

/** A subscription that is cut once it is at rest, and waits for longer than any test. */
function subscription(url: string, say: Say): Promise<void> {
  const { zone, rest } = appZone()
  return new Promise((resolve) => {
    zone.run(() => {
      const source = new EventSource(url, { retry: { initialDelay: 60_000 } })
      const heard = (what: string) => say(`${what} in ${Zone.current.name}`)
      source.addEventListener('open', () => heard('open'))
      source.addEventListener('message', ({ data }) => {
        heard(data)
        if (data === 'first') return void rest().then(say)
        source.close()
        resolve()
      })
      source.addEventListener('error', () => {
        heard('error')
        void rest().then((word) => {
          say(word)
          source.reconnect()
        })
      })
    })
  })
}

/** An answer that is cut once it is at rest. */
function answer(url: string, say: Say): Promise<void> {
  const { zone, rest } = appZone()
  return zone.run(async () => {
    const stream = fetchEventStream(url, {
      json: {},
      until: '[DONE]',
      resume: lastEventIdGet,
      retry: { initialDelay: 0 },
    })
    for await (const { data } of stream) {
      say(`${data} in ${Zone.current.name}`)
      if (data === 'one') void rest().then(say)
    }
    say(`${(await stream.outcome).type} in ${Zone.current.name}`)
  })
}

export const stories: Record<Story, (url: string, say: Say) => Promise<void>> = { subscription, answer }
