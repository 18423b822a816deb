import {
  createApp,
  createSSRApp,
  defineComponent,
  h,
  nextTick,
  onUpdated,
  type App,
  type Component,
} from 'vue'
import { waitForText } from './wait-for-text.ts'

export interface Mounted extends Disposable {
  /** Renders after the first. */
  readonly updates: number
  /** What Vue warned of. */
  readonly warnings: readonly string[]
  /** Resolves once the page says so. */
  says(text: string | RegExp): Promise<void>
  unmount(): void
}

/** Mounts a component whose setup gives what it says, as an app does. */
export function mountVue(setup: () => () => string): Mounted {
  return over(createApp, setup, '')
}

/** Takes over what a server rendered. */
export function hydrateVue(html: string, setup: () => () => string): Mounted {
  return over(createSSRApp, setup, html)
}

/** A component that shows one paragraph. */
export function paragraph(setup: () => () => string, onUpdate: () => void = () => {}): Component {
  return defineComponent({
    setup() {
      onUpdated(onUpdate)
      const text = setup()
      return () => h('p', text())
    },
  })
}

function over(create: typeof createApp, setup: () => () => string, html: string): Mounted {
  let updates = 0
  const warnings: string[] = []
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = html
  const app: App = create(paragraph(setup, () => updates++))
  app.config.warnHandler = (message) => warnings.push(message)
  app.mount(container)
  const unmount = () => {
    app.unmount()
    container.remove()
  }
  return {
    warnings,
    get updates() {
      return updates
    },
    unmount,
    says: async (text) => {
      await nextTick()
      await waitForText(container, text)
    },
    [Symbol.dispose]: unmount,
  }
}
