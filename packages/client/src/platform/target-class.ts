/**
 * What the class is built on. React Native before 0.86 has no EventTarget: there the client can be imported all the same,
 * and the class says what it lacks.
 */
export function targetClass(): typeof EventTarget {
  if (globalThis.EventTarget === undefined) return NoEventTarget
  return callsHandlers() ? withoutHandlers(EventTarget) : EventTarget
}

class NoEventTarget implements EventTarget {
  declare readonly addEventListener: EventTarget['addEventListener']
  declare readonly removeEventListener: EventTarget['removeEventListener']
  declare readonly dispatchEvent: EventTarget['dispatchEvent']

  constructor() {
    throw new TypeError(
      'EventSource needs Event and EventTarget, which React Native has since 0.86: set both, such as those of event-target-shim, before @millrace/client is imported. fetchEventStream needs neither',
    )
  }
}

/**
 * The Event that EventTarget takes. Angular's server puts that of an emulated document in its place, but no EventTarget;
 * and Node makes its MessageEvent at first use, of what is in place then.
 */
export function eventKind(): typeof Event {
  let kind = Event
  try {
    new EventTarget().dispatchEvent(new Event('probe'))
  } catch {
    const controller = new AbortController()
    controller.signal.addEventListener('abort', (event) => (kind = Reflect.get(event, 'constructor')))
    controller.abort()
  }
  return kind
}

/** In workerd an EventTarget calls its `on…` property of its own accord, once it has looked it up, before any listener. */
function callsHandlers(): boolean {
  const target = new EventTarget()
  let called = false
  Reflect.set(target, 'onprobe', () => {
    called = true
  })
  target.dispatchEvent(new (eventKind())('probe'))
  return called
}

/** Hides the property from that look: our handlers are listeners, which would be called twice. */
function withoutHandlers(Target: typeof EventTarget): typeof EventTarget {
  return class extends Target {
    override dispatchEvent(event: Event): boolean {
      const name = `on${event.type}`
      const show = (): void => void Reflect.deleteProperty(this, name)
      Object.defineProperty(this, name, { get: show, configurable: true })
      try {
        return super.dispatchEvent(event)
      } finally {
        show()
      }
    }
  }
}
