import { expectedInTest } from '../../../../test/support/reported-error.ts'
import type { Chance } from '../support/chance.ts'

/** What our class and the browser's own have in common here. */
export interface Twin extends EventTarget {
  readonly readyState: number
  close(): void
}

const types = ['message', 'message', 'foo', 'open', 'error'] as const
const settings: readonly [boolean, ...(boolean | AddEventListenerOptions)[]] = [
  false,
  true,
  { once: true },
  { capture: true, once: true },
  { passive: true },
]

/**
 * An app that changes its listeners and handlers while events come, dispatches events of its own, and throws: all by the
 * dice, which fall the same way for whoever hears the same. Gives what it heard, once the event `over` has come.
 */
export function heard(source: Twin, chance: Chance): Promise<readonly string[]> {
  const log: string[] = []
  /** Of one turn, which are to run before the next event. */
  let microtasks = 0
  /** Of the server's. */
  let latest: Event | null = null
  /** How many events of its own are being dispatched. */
  let own = 0

  const hear = (name: string) =>
    function listener(this: unknown, event: Event): unknown {
      if (own === 0) {
        if (event !== latest && microtasks > 0) log.push('microtasks are late')
        latest = event
      }
      microtasks++
      queueMicrotask(() => microtasks--)
      const told = ['data', 'lastEventId', 'cancelable', 'eventPhase'].map((member) =>
        Reflect.get(event, member),
      )
      log.push([name, event.type, ...told, source.readyState, this === source].join(' '))
      act(event)
      return chance.happens(0.5)
    }
  const listeners = Array.from({ length: 4 }, (_, n) => hear(`listener ${n}`))
  const objects = [{ handleEvent: hear('object 0') }, { handleEvent: hear('object 1') }]
  const any = () => chance.pick([...listeners, ...objects] as [EventListenerOrEventListenerObject])

  const change = () => {
    const type = chance.pick(types)
    const handler = chance.pick([hear('handler'), hear('another handler'), null, {}, 5])
    switch (chance.between(0, 3)) {
      case 0:
        return Reflect.set(source, `on${chance.pick(['open', 'message', 'error'])}`, handler)
      case 1:
        return source.removeEventListener(type, any(), chance.happens(0.3))
      default:
        return source.addEventListener(type, any(), chance.pick<boolean | AddEventListenerOptions>(settings))
    }
  }
  const act = (event: Event) => {
    switch (chance.between(0, 14)) {
      case 0:
        return event.stopImmediatePropagation()
      case 1:
        Object.assign(chance.pick([objects[0], objects[1]] as const) ?? {}, { handleEvent: hear('changed') })
        return
      case 2:
        if (own > 2) return
        own++
        log.push(String(source.dispatchEvent(new Event(chance.pick(types), { cancelable: true }))))
        own--
        return
      case 3:
        throw new TypeError(expectedInTest)
      default:
        if (chance.happens(0.5)) change()
    }
  }

  for (let count = chance.between(2, 8); count > 0; count--) change()
  return new Promise((resolve) => {
    source.addEventListener('over', () => {
      source.close()
      resolve(log)
    })
  })
}
