type Handler = object | null

interface Slot {
  handler: object
  readonly listener: (event: Event) => void
}

/** Event handler attributes (`onopen` …) as HTML has them: a handler that is replaced keeps its place. */
export class Handlers {
  readonly #target: EventTarget
  readonly #slots = new Map<string, Slot>()

  constructor(target: EventTarget) {
    this.#target = target
  }

  get(type: string): Handler {
    return this.#slots.get(type)?.handler ?? null
  }

  set(type: string, value: unknown): void {
    const slot = this.#slots.get(type)
    // [spec] LegacyTreatNonObjectAsNull: whatever is no object or function becomes null.
    if (!isObject(value)) {
      if (slot !== undefined) this.#target.removeEventListener(type, slot.listener)
      this.#slots.delete(type)
    } else if (slot !== undefined) slot.handler = value
    else this.#add(type, value)
  }

  #add(type: string, handler: object): void {
    const target = this.#target
    const slot: Slot = {
      handler,
      listener: (event) => {
        // An object that cannot be called is kept, and does nothing.
        if (typeof slot.handler !== 'function') return
        // [spec] If return value is false, then set event's canceled flag.
        if (Reflect.apply(slot.handler, target, [event]) === false) event.preventDefault()
      },
    }
    this.#slots.set(type, slot)
    target.addEventListener(type, slot.listener)
  }
}

function isObject(value: unknown): value is object {
  return Object(value) === value
}
