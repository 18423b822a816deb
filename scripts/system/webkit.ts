import { find } from './find.ts'
import type { Machine, Need } from './need.ts'

const driver: Need = {
  name: 'the WebDriver of WebKitGTK',
  variable: 'MILLRACE_WEBKIT_DRIVER',
  commands: ['WebKitWebDriver'],
  paths: [],
  debianPackage: 'webkit2gtk-driver',
}

const browser: Need = {
  name: 'the MiniBrowser of WebKitGTK',
  variable: 'MILLRACE_WEBKIT',
  commands: ['MiniBrowser'],
  paths: ['x86_64', 'aarch64'].flatMap((processor) =>
    ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].map(
      (version) => `/usr/lib/${processor}-linux-gnu/${version}/MiniBrowser`,
    ),
  ),
  debianPackage: 'libwebkit2gtk-4.1-0',
}

/** It has no headless mode, so its window opens where nobody looks. */
const display: Need = {
  name: 'a display in memory',
  variable: 'MILLRACE_XVFB',
  commands: ['Xvfb'],
  paths: [],
  debianPackage: 'xvfb',
}

/** Paths of what it takes to run tests in WebKit. */
export interface WebKitPrograms {
  readonly driver: string
  readonly browser: string
  readonly display: string
}

/** Null where one of them is missing. */
export function findWebKit(machine: Machine): WebKitPrograms | null {
  const [driverPath, browserPath, displayPath] = [driver, browser, display].map((need) => {
    const found = find(need, machine)
    return found.type === 'found' ? found.path : null
  })
  return driverPath && browserPath && displayPath
    ? { driver: driverPath, browser: browserPath, display: displayPath }
    : null
}
