import { expect, test, vi } from 'vitest'
import { targetClass } from './target-class.ts'

/** As in workerd: looks up its own `on…` property, calls it without a `this`, then the listeners. */
class Calling extends EventTarget {
  override dispatchEvent(event: Event): boolean {
    const handler: unknown = Reflect.get(this, `on${event.type}`)
    if (typeof handler === 'function') Reflect.apply(handler, undefined, [event])
    return super.dispatchEvent(event)
  }
}

test('targetClass() is EventTarget itself where that calls listeners alone', () => {
  expect(targetClass()).toBe(EventTarget)
})

test('where EventTarget calls `on…` properties by itself, it does not find those of a target', ({
  onTestFinished,
}) => {
  onTestFinished(() => void vi.unstubAllGlobals())
  vi.stubGlobal('EventTarget', Calling)
  class Source extends targetClass() {
    readonly heard: unknown[] = []
    get onprice(): () => void {
      return () => this.heard.push('handler')
    }
  }
  const source = new Source()
  source.addEventListener('price', () => source.heard.push('onprice' in source && typeof source.onprice))
  source.dispatchEvent(new Event('price'))
  source.dispatchEvent(new Event('price'))
  expect(source.heard).toEqual(['function', 'function'])
  expect(Object.keys(source)).toEqual(['heard'])
})
