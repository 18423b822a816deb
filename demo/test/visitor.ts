/**
 * Uses the page as a person would, out of a frame on its origin, and tells the window around what was there to see.
 */
import type { Visit } from './visit.ts'

const frame = document.createElement('iframe')
frame.src = '/'
document.body.append(frame)
await new Promise((resolve) => frame.addEventListener('load', resolve))

const broken: string[] = []
frame.contentWindow?.addEventListener('error', ({ message }) => broken.push(message))
frame.contentWindow?.addEventListener('unhandledrejection', ({ reason }) => broken.push(String(reason)))
const page = frame.contentDocument ?? document
let focused: string | undefined

for (const heard of [10, 30]) {
  await until(() => tokens() >= heard)
  press('cut')
  await until(() => /^waiting \d\.\d s$/.test(text('#status')))
  await until(() => /^resumed at id \d+$/.test(text('#status')))
  focused = page.activeElement?.id
}
await until(() => enabled('again'))
const facts = Array.from(page.querySelectorAll('#facts div'), (fact) => [
  fact.querySelector('dt')?.textContent,
  fact.querySelector('dd')?.textContent,
])
const answer = text('#answer')

const whole = tokens()
const pageWindow = frame.contentWindow ?? window
const { fetch } = pageWindow
pageWindow.fetch = () => Promise.reject(new TypeError('gone'))
press('again')
await until(() => enabled('again') && text('#status') !== 'done')
const unanswered = text('#status')
pageWindow.fetch = fetch

press('again')
await until(() => !enabled('again') && tokens() < whole)
await until(() => tokens() >= 5)
const visit: Visit = { answer, facts: Object.fromEntries(facts), focused, unanswered, broken }
parent.postMessage(visit, '*')

function text(selector: string): string {
  return page.querySelector(selector)?.textContent ?? ''
}

function tokens(): number {
  return page.querySelectorAll('#strip .come').length
}

/** As from the keyboard, which a button needs the focus for. */
function press(id: string): void {
  button(id).focus()
  button(id).click()
}

function enabled(id: string): boolean {
  return button(id).ariaDisabled !== 'true'
}

function button(id: string): HTMLButtonElement {
  const found = page.querySelector<HTMLButtonElement>(`button#${id}`)
  if (found === null) throw new TypeError(`The page has no button #${id}.`)
  return found
}

/** Resolves as soon as the page is so. */
function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return
      observer.disconnect()
      resolve()
    }
    const observer = new MutationObserver(look)
    observer.observe(page, { subtree: true, childList: true, attributes: true, characterData: true })
    look()
  })
}
