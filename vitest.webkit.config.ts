import type { ViteUserConfig } from 'vitest/config'
import { thisMachine } from './scripts/system/this-machine.ts'
import { findWebKit } from './scripts/system/webkit.ts'
import { inInstalledBrowser } from './test/setup/installed-browser.ts'
import { webkit } from './test/webkit/provider.ts'

/** `pnpm test:webkit` */
const programs = findWebKit(thisMachine())
if (programs === null) {
  throw new TypeError('No WebKit was found: sudo apt-get install -y webkit2gtk-driver xvfb')
}

const config: ViteUserConfig = inInstalledBrowser('webkit', webkit(programs), ['./test/webkit/disposal.ts'])
export default config
