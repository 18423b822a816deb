import { Fragment, Profiler, type ExoticComponent, type ReactNode } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { waitForText } from './wait-for-text.ts'

type Wrapper = ExoticComponent<{ children?: ReactNode }>

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

/**
 * Mounts as an app does, without `act`: what is on the page is what a user would see. `Root` is for StrictMode: React
 * runs effects twice only where it is the outermost of what is mounted.
 */
export function mountReact(node: ReactNode, Root: Wrapper = Fragment): Mounted {
  const container = document.body.appendChild(document.createElement('div'))
  const mounted = over(container, createRoot(container), Root)
  mounted.render(node)
  return mounted
}

/** Takes over what a server rendered. `problems` gets what React had to mend. */
export function hydrateReact(html: string, node: ReactNode, problems: unknown[]): Mounted {
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = html
  const root = hydrateRoot(container, node, { onRecoverableError: (error) => problems.push(error) })
  return over(container, root, Fragment)
}

function over(container: HTMLElement, root: Root, Outermost: Wrapper): Mounted {
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
        <Outermost>
          <Profiler id="mounted" onRender={() => commits++}>
            {node}
          </Profiler>
        </Outermost>,
      ),
    unmount,
    click: (label) => {
      const buttons = [...container.querySelectorAll('button')]
      const button = buttons.find(({ textContent }) => textContent === label)
      if (button === undefined) throw new TypeError(`There is no button ${label}`)
      button.click()
    },
    says: (text) => waitForText(container, text),
    [Symbol.dispose]: unmount,
  }
}
