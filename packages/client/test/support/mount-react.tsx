import { Profiler, type ReactNode } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { vi } from 'vitest'

export interface Mounted extends Disposable {
  readonly container: HTMLElement
  readonly text: string
  /** Commits so far. */
  readonly commits: number
  render(node: ReactNode): void
  unmount(): void
  /** Clicks the button with this label. */
  click(label: string): void
  /** Resolves once the page says so. */
  says(text: string | RegExp): Promise<void>
}

/** Mounts as an app does, without `act`: what is on the page is what a user would see. */
export function mountReact(node: ReactNode): Mounted {
  const container = document.body.appendChild(document.createElement('div'))
  const mounted = over(container, createRoot(container))
  mounted.render(node)
  return mounted
}

/** Takes over what a server rendered. `problems` gets what React had to mend. */
export function hydrateReact(html: string, node: ReactNode, problems: unknown[]): Mounted {
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = html
  const root = hydrateRoot(container, node, { onRecoverableError: (error) => problems.push(error) })
  return over(container, root)
}

function over(container: HTMLElement, root: Root): Mounted {
  let commits = 0
  const unmount = () => {
    root.unmount()
    container.remove()
  }
  return {
    container,
    get text() {
      return container.textContent ?? ''
    },
    get commits() {
      return commits
    },
    render: (node) =>
      root.render(
        <Profiler id="mounted" onRender={() => commits++}>
          {node}
        </Profiler>,
      ),
    unmount,
    click: (label) => {
      const buttons = [...container.querySelectorAll('button')]
      const button = buttons.find(({ textContent }) => textContent === label)
      if (button === undefined) throw new TypeError(`There is no button ${label}`)
      button.click()
    },
    says: (text) =>
      vi.waitFor(
        () => {
          const said = container.textContent ?? ''
          if (typeof text === 'string' ? !said.includes(text) : !text.test(said))
            throw new TypeError(`The page says ${JSON.stringify(said)}, not ${String(text)}`)
        },
        { timeout: 10_000, interval: 5 },
      ),
    [Symbol.dispose]: unmount,
  }
}
