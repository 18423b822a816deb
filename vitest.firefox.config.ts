import type { ViteUserConfig } from 'vitest/config'
import { find } from './scripts/system/find.ts'
import { firefox as need } from './scripts/system/firefox.ts'
import { thisMachine } from './scripts/system/this-machine.ts'
import { firefox } from './test/firefox/provider.ts'
import { inInstalledBrowser } from './test/setup/installed-browser.ts'

/** `pnpm test:firefox` */
const found = find(need, thisMachine())
if (found.type !== 'found') throw new TypeError('Firefox was not found; MILLRACE_FIREFOX may say where it is')

const config: ViteUserConfig = inInstalledBrowser('firefox', firefox(found.path))
export default config
