import { vi } from 'vitest'

/** Resolves once the element's text has this in it. */
export function waitForText(element: Element, text: string | RegExp): Promise<void> {
  return vi.waitFor(
    () => {
      const said = element.textContent ?? ''
      if (typeof text === 'string' ? !said.includes(text) : !text.test(said))
        throw new TypeError(`The page says ${JSON.stringify(said)}, not ${String(text)}`)
    },
    { timeout: 10_000, interval: 5 },
  )
}
