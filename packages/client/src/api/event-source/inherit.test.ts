import { expect, test } from 'vitest'
import { inherit } from './inherit.ts'

test('an object of a class has the getters of its class, and of the realm what tells its kind', () => {
  class Own extends Event {
    get data(): string {
      return 'own'
    }
  }
  inherit(Own.prototype, MessageEvent.prototype)
  const event = new Own('message')
  expect(event).toBeInstanceOf(MessageEvent)
  expect(event.data).toBe('own')
  expect(event.constructor).toBe(MessageEvent)
})

test('what only the realm has is null, and is listed as the realm lists it', () => {
  class Realm extends Event {
    get userActivation(): never {
      throw new TypeError('not made by the engine')
    }
  }
  Object.defineProperty(Realm.prototype, 'userActivation', { enumerable: true })
  class Own extends Event {}
  inherit(Own.prototype, Realm.prototype)
  const event = new Own('message')
  const listed: string[] = []
  for (const name in event) listed.push(name)
  expect(Reflect.get(event, 'userActivation')).toBe(null)
  expect(listed).toContain('userActivation')
})

test('one of a class that Babel or SWC compiled for ES5 has them, too', () => {
  // What `super(type)` becomes: the engine is to make what `constructor` names.
  const construct = (made: object, type: string): Event =>
    Reflect.construct(Event, [type], Object.getPrototypeOf(made).constructor)
  function Own(this: object, type: string) {
    return construct(this, type)
  }
  const own = {
    get data() {
      return 'own'
    },
    constructor: Own,
  }
  Own.prototype = Object.setPrototypeOf(own, Event.prototype)

  inherit(own, MessageEvent.prototype)
  const event = construct(Object.create(own), 'message')
  expect(event).toBeInstanceOf(MessageEvent)
  expect(event).toHaveProperty('data', 'own')
})
