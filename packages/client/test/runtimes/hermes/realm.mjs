/**
 * What React Native 0.79 to 0.85 gives a program, over Hermes, which has the language and timers that do not wait: a
 * clock that jumps from timer to timer, signals without a reason, no Event, no EventTarget, no DOMException.
 */
import { AbortController, AbortSignal } from 'abort-controller/dist/abort-controller'

const { setTimeout: inNextTask } = globalThis
let now = 0
let ids = 0
const timers = new Map()

function runTimer() {
  const [[id, due] = [null]] = [...timers].sort(([, a], [, b]) => a.at - b.at)
  if (id === null) return
  timers.delete(id)
  now = Math.max(now, due.at)
  inNextTask(runTimer, 0)
  due.wake()
}

const console = {}
for (const level of ['assert', 'error', 'log', 'warn']) console[level] = () => {}

Object.assign(globalThis, {
  self: globalThis,
  console,
  AbortController,
  AbortSignal,
  performance: { now: () => now },
  queueMicrotask: (wake) => void Promise.resolve().then(wake),
  // As React Native has it since its new architecture.
  setImmediate: (wake, ...given) => void Promise.resolve().then(() => wake(...given)),
  clearTimeout: (id) => void timers.delete(id),
  setTimeout(wake, ms = 0) {
    timers.set(++ids, { at: now + ms, wake })
    return ids
  },
  TextEncoder: class {
    encode(text) {
      return Uint8Array.from(unescape(encodeURIComponent(text)), (character) => character.charCodeAt(0))
    }
  },
  TextDecoder: class {
    decode(bytes = new Uint8Array()) {
      return decodeURIComponent(escape(String.fromCharCode(...bytes)))
    }
  },
  URL: function URL(url) {
    const [href, origin, protocol] = /^((https?:)\/\/[^/?#]+)[^]*$/.exec(url) ?? []
    if (href === undefined) throw new TypeError(`Invalid URL: ${url}`)
    Object.assign(this, { href, origin, protocol, username: '', password: '' })
  },
  XMLHttpRequest: Object,
})
// Expo gives it to an engine that has none, and as old an engine lacks this one, too.
Symbol.asyncIterator ??= Symbol.for('Symbol.asyncIterator')
for (const { prototype } of [Array, String]) Reflect.set(prototype, 'at', prototype.at ?? at)

function at(index) {
  return this[index < 0 ? this.length + index : index]
}

/** Starts the clock, runs the checks, and says that all have passed. */
export function run(checks) {
  inNextTask(runTimer, 0)
  checks().then(
    () => print('passed'),
    (error) => print(`failed: ${error?.stack ?? error}`),
  )
}

export function equal(actual, expected) {
  const [is, must] = [actual, expected].map((value) => JSON.stringify(value))
  if (is !== must) throw new Error(`${is} instead of ${must}`)
}
