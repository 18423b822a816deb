import { EventSource } from '@millrace/client'
import { afterEach, describe, expect, test } from 'vitest'
import { isFirefox } from '../../../../../test/support/engine.ts'

const made: EventSource[] = []

const pending = () => new Promise<Response>(() => {})

/** A source whose request is never answered. */
function quiet(url: unknown = 'http://127.0.0.1/', init: unknown = {}): EventSource {
  const given = typeof init === 'object' && init !== null ? { fetch: pending, ...init } : init
  const source: EventSource = Reflect.construct(EventSource, [url, given])
  made.push(source)
  return source
}

afterEach(() => {
  for (const source of made.splice(0)) source.close()
})

const descriptor = (owner: object, name: string | symbol) => Object.getOwnPropertyDescriptor(owner, name)

describe('constructor', () => {
  test('EventSource() called without new throws a TypeError', () => {
    expect(() =>
      Reflect.apply(EventSource as unknown as () => void, undefined, ['http://127.0.0.1/']),
    ).toThrow(TypeError)
  })

  test('new EventSource() without a URL throws a TypeError that says so', () => {
    const construct = () => Reflect.construct(EventSource, [])
    expect(construct).toThrow(TypeError)
    expect(construct).toThrow(/needs a URL/)
  })

  test('EventSource has a length of 1 and its own name', () => {
    expect([EventSource.length, EventSource.name]).toEqual([1, 'EventSource'])
    expect(descriptor(EventSource, 'name')).toMatchObject({
      writable: false,
      enumerable: false,
      configurable: true,
    })
  })

  test('the url may be whatever makes a string: an object with toString, a URL', () => {
    expect(quiet({ toString: () => 'http://127.0.0.1/a' }).url).toBe('http://127.0.0.1/a')
    expect(quiet(new URL('http://127.0.0.1/b')).url).toBe('http://127.0.0.1/b')
  })

  test.each([undefined, null, 1, true, ''])(
    'the url %j is converted to a string, and that is relative to the base of the page, where there is one',
    (given) => {
      const base = globalThis.document?.baseURI
      // As `new URL` has it in this realm: null where nothing is relative, as in Node.
      const expected = URL.canParse(`${given}`, base) ? new URL(`${given}`, base).href : null
      const construct = () => {
        const source: EventSource = Reflect.construct(EventSource, [given, { fetch: pending }])
        made.push(source)
        return source.url
      }

      if (expected === null) expect(construct).toThrow(expect.objectContaining({ name: 'SyntaxError' }))
      else expect(construct()).toBe(expected)
    },
  )

  test('a lone surrogate in the url becomes U+FFFD', () => {
    expect(quiet('http://127.0.0.1/?\uD800').url).toBe('http://127.0.0.1/?%EF%BF%BD')
  })

  test('a symbol as the url throws a TypeError', () => {
    expect(() => quiet(Symbol('url'))).toThrow(TypeError)
  })

  test.each(['http://this is invalid/', 'http://a<b/', 'http://a%20b/', 'http://', 'https://exa%mple/'])(
    'the url %j throws a SyntaxError DOMException, and nothing is sent',
    (url) => {
      let calls = 0
      const fetch = async () => {
        calls++
        return new Response()
      }
      try {
        quiet(url, { fetch })
        expect.unreachable()
      } catch (error) {
        expect(error).toBeInstanceOf(DOMException)
        expect(error).toMatchObject({ name: 'SyntaxError' })
      }
      expect(calls).toBe(0)
    },
  )

  test('the SyntaxError tells the url, but no user, password, query or fragment', () => {
    const asking = (url: string) => () => quiet(url)
    expect(asking('https://user:pass@word@a<b/feed?token=1?\n2#part')).toThrow(
      'EventSource: "https://a<b/feed" is not a valid URL',
    )
    expect(asking('http://a<b/#part')).toThrow('EventSource: "http://a<b/" is not a valid URL')
  })

  test.each(['http://[::1]/', 'http://bücher.example/', 'http://a_b.example/'])(
    'the url %j is taken',
    (url) => {
      expect(quiet(url).url).toBe(new URL(url).href)
    },
  )

  // Firefox's parser refuses it.
  test.skipIf(isFirefox)('an asterisk in a host is taken, which Chromium encodes', () => {
    expect(quiet('http://a*b.example/').url).toBe(new URL('http://a*b.example/').href)
  })

  test.each([
    'ftp://127.0.0.1/',
    'about:blank',
    'mailto:who@ever',
    'javascript:alert(1)',
    'some://host%20with/any%25thing',
  ])('the url %j is taken, and ends CLOSED with one error, later', async (url) => {
    const source = new EventSource(url)
    made.push(source)
    const states: number[] = []
    expect(source.readyState).toBe(0)
    const error = await new Promise((resolve) => {
      source.addEventListener('error', (event) => {
        states.push(source.readyState)
        resolve(event.error)
      })
    })
    await new Promise((resolve) => setTimeout(resolve))
    expect(error).toMatchObject({ code: 'invalid-option', willRetry: false })
    expect(String(error)).toContain(`no ${url.split(':')[0]}: URLs`)
    expect(states).toEqual([2])
  })

  test('url keeps the fragment', () => {
    expect(quiet('HTTP://127.0.0.1:80/a/../b?q#f').url).toBe('http://127.0.0.1/b?q#f')
  })

  test.each([
    [undefined, false],
    [null, false],
    [{}, false],
    [{ withCredentials: true }, true],
    [{ withCredentials: 'yes' }, true],
    [{ withCredentials: 0 }, false],
    [{ withCredentials: undefined }, false],
  ])('an init of %j gives withCredentials %j', (init, expected) => {
    const source: EventSource = Reflect.construct(EventSource, ['http://127.0.0.1:9/', init])
    expect(source.withCredentials).toBe(expected)
    source.close()
  })

  test.each([1, 'a', true, Symbol('init')])(
    'an init that is no object (%s) throws a TypeError that names it',
    (init) => {
      const construct = () => quiet('http://127.0.0.1/', init)
      expect(construct).toThrow(TypeError)
      expect(construct).toThrow(/init/)
    },
  )

  test('both arguments are converted once, in their order, before the URL is parsed', () => {
    const order: string[] = []
    const url = { toString: () => `http://a${order.push('url')} b/` }
    const init = {
      get withCredentials() {
        return Boolean(order.push('withCredentials'))
      },
    }
    expect(() => quiet(url, 1)).toThrow(TypeError)
    expect(() => Reflect.construct(EventSource, [url, init])).toThrow(DOMException)
    expect(order).toEqual(['url', 'url', 'withCredentials'])
    const source: EventSource = Reflect.construct(EventSource, ['http://127.0.0.1:9/', init])
    source.close()
    expect(order.splice(3)).toEqual(['withCredentials'])
  })

  test('readyState is CONNECTING when the constructor returns, and the request goes without listeners', async () => {
    let called: () => void = () => {}
    const calling = new Promise<void>((resolve) => {
      called = resolve
    })
    const source = quiet('http://127.0.0.1/', {
      fetch: () => {
        called()
        return new Promise(() => {})
      },
    })
    expect(source.readyState).toBe(0)
    await calling
  })

  test('no event comes before the current task has set its listeners', async () => {
    const order: string[] = []
    const source = new EventSource('about:blank')
    source.onerror = () => order.push('error')
    order.push('set')
    await new Promise<void>((resolve) => source.addEventListener('error', () => resolve()))
    expect(order).toEqual(['set', 'error'])
  })
})

describe('members', () => {
  test.each([
    ['CONNECTING', 0],
    ['OPEN', 1],
    ['CLOSED', 2],
  ])('%s is %i on constructor and prototype, fixed, and not on an instance', (name, value) => {
    const fixed = { value, enumerable: true, writable: false, configurable: false }
    expect(descriptor(EventSource, name)).toEqual(fixed)
    expect(descriptor(EventSource.prototype, name)).toEqual(fixed)
    expect(Object.hasOwn(quiet(), name)).toBe(false)
  })

  const accessors = ['url', 'withCredentials', 'readyState', 'lastEventId', 'reconnectionTime']
  test.each(accessors)('%s is a read-only accessor of the prototype', (name) => {
    const { get, set, ...rest } = descriptor(EventSource.prototype, name) ?? {}
    expect(rest).toEqual({ enumerable: true, configurable: true })
    expect([get?.name, get?.length, set]).toEqual([`get ${name}`, 0, undefined])
    const source = quiet()
    expect(Reflect.set(source, name, 'other')).toBe(false)
    expect(() => Object.assign(source, { [name]: 1 })).toThrow(TypeError)
  })

  test.each(['onopen', 'onmessage', 'onerror'])(
    '%s is an accessor of the prototype that can be set',
    (name) => {
      const { get, set, ...rest } = descriptor(EventSource.prototype, name) ?? {}
      expect(rest).toEqual({ enumerable: true, configurable: true })
      expect([get?.name, get?.length, set?.name, set?.length]).toEqual([`get ${name}`, 0, `set ${name}`, 1])
    },
  )

  test.each([...accessors, 'onopen', 'onmessage', 'onerror'])(
    'the getter of %s throws a TypeError on another this',
    (name) => {
      const get = descriptor(EventSource.prototype, name)?.get ?? expect.unreachable()
      for (const self of [{}, EventSource.prototype, new EventTarget()]) {
        expect(() => Reflect.apply(get, self, [])).toThrow(TypeError)
      }
    },
  )

  test.each(['onopen', 'onmessage', 'onerror'])(
    'the setter of %s throws a TypeError on another this, whatever it is given',
    (name) => {
      const set = descriptor(EventSource.prototype, name)?.set ?? expect.unreachable()
      for (const value of [null, () => {}, 1])
        expect(() => Reflect.apply(set, {}, [value])).toThrow(TypeError)
    },
  )

  test.each(['close', 'reconnect', 'reset'])(
    '%s is an enumerable method without parameters that throws a TypeError on another this',
    (name) => {
      const { value: method, ...rest } = descriptor(EventSource.prototype, name) ?? {}
      expect(rest).toEqual({ enumerable: true, configurable: true, writable: true })
      expect([method.name, method.length]).toEqual([name, 0])
      expect(() => Reflect.apply(method, {}, [])).toThrow(TypeError)
    },
  )

  test('fromReadableStream is an enumerable function of the constructor, which nothing can be made with', () => {
    const { value: from, ...rest } = descriptor(EventSource, 'fromReadableStream') ?? {}
    expect(rest).toEqual({ enumerable: true, configurable: true, writable: true })
    expect([from.name, from.length]).toEqual(['fromReadableStream', 1])
    expect(() => Reflect.construct(from, [new ReadableStream()])).toThrow(TypeError)
  })

  test('the interface inherits EventTarget, has a string tag, and a prototype that stays', () => {
    expect(Object.getPrototypeOf(EventSource)).toBe(EventTarget)
    expect(Object.getPrototypeOf(EventSource.prototype)).toBe(EventTarget.prototype)
    expect(Object.prototype.toString.call(quiet())).toBe('[object EventSource]')
    expect(descriptor(EventSource, 'prototype')).toMatchObject({ writable: false, configurable: false })
    expect(descriptor(EventSource.prototype, 'constructor')).toEqual({
      value: EventSource,
      writable: true,
      enumerable: false,
      configurable: true,
    })
    expect(descriptor(EventSource.prototype, Symbol.toStringTag)).toEqual({
      value: 'EventSource',
      writable: false,
      enumerable: false,
      configurable: true,
    })
  })

  test("a library that asks npm eventsource's way learns that init.fetch is taken, and nobody else sees the mark", () => {
    const mark = Symbol.for('eventsource.supports-fetch-override')
    expect(Object.getOwnPropertyDescriptor(EventSource, mark)).toEqual({
      value: true,
      writable: false,
      enumerable: false,
      configurable: false,
    })
  })

  test('a subclass works', () => {
    class Feed extends EventSource {
      readonly kind = 'feed'
    }
    const feed = new Feed('http://127.0.0.1:9/')
    expect([feed.kind, feed.readyState, feed instanceof EventSource]).toEqual(['feed', 0, true])
    feed.close()
    expect(feed.readyState).toBe(2)
  })

  test('close() gives undefined, again and again, and no event', () => {
    const source = quiet()
    const told: string[] = []
    for (const type of ['open', 'message', 'error']) source.addEventListener(type, () => told.push(type))
    expect([source.close(), source.close(), source.readyState]).toEqual([undefined, undefined, 2])
    expect(told).toEqual([])
  })
})

describe('event handler attributes', () => {
  test.each(['onopen', 'onmessage', 'onerror'] as const)(
    '%s is null at first, and keeps functions and objects',
    (name) => {
      const source = quiet()
      expect(source[name]).toBe(null)
      for (const value of [() => {}, {}, [], { handleEvent() {} }]) {
        Reflect.set(source, name, value)
        expect(source[name]).toBe(value)
      }
      for (const value of [1, 'a', true, Symbol('x'), undefined, null]) {
        Reflect.set(source, name, value)
        expect(source[name]).toBe(null)
        Reflect.set(source, name, () => {})
      }
    },
  )

  test.each(['onopen', 'onmessage', 'onerror'])('%s may be set to null where it is null', (name) => {
    const source = quiet()
    Reflect.set(source, name, null)
    expect(Reflect.get(source, name)).toBe(null)
  })

  test('a handler that is replaced keeps its place among the listeners; one that was null does not', () => {
    const source = quiet()
    const order: string[] = []
    source.onmessage = () => order.push('first handler')
    source.addEventListener('message', () => order.push('listener'))
    source.onmessage = () => order.push('second handler')
    source.dispatchEvent(new MessageEvent('message'))
    source.onmessage = null
    source.onmessage = () => order.push('third handler')
    source.dispatchEvent(new MessageEvent('message'))
    expect(order).toEqual(['second handler', 'listener', 'listener', 'third handler'])
  })

  test.runIf('all' in (globalThis.document ?? {}))(
    'document.all is an object to them, though typeof calls it undefined',
    () => {
      const source = quiet('http://127.0.0.1/')
      Reflect.set(source, 'onmessage', document.all)
      expect(source.onmessage).toBe(document.all)
      const other: EventSource = Reflect.construct(EventSource, ['http://127.0.0.1:9/', document.all])
      other.close()
      expect(other.withCredentials).toBe(false)
    },
  )

  test('an object that cannot be called does nothing, also when it has handleEvent', () => {
    const source = quiet()
    let calls = 0
    Reflect.set(source, 'onmessage', { handleEvent: () => calls++ })
    source.dispatchEvent(new MessageEvent('message'))
    expect(calls).toBe(0)
  })

  test('a handler that returns false cancels the event, as far as that can be', () => {
    const source = quiet()
    source.onmessage = () => false
    expect(source.dispatchEvent(new MessageEvent('message', { cancelable: true }))).toBe(false)
    expect(source.dispatchEvent(new MessageEvent('message'))).toBe(true)
  })

  test('a handler is called with the EventSource as this, and the event', () => {
    const source = quiet()
    const event = new MessageEvent('message')
    const seen: unknown[] = []
    source.onmessage = function (this: unknown, given) {
      seen.push(this, given)
    }
    source.dispatchEvent(event)
    expect(seen).toEqual([source, event])
  })
})
