import { chromium, type Browser } from 'playwright'
import { chromium as need } from '../../scripts/system/chromium.ts'
import { find } from '../../scripts/system/find.ts'
import { thisMachine } from '../../scripts/system/this-machine.ts'
import { isWithoutBrowser } from '../../scripts/test/without-browser.ts'

/** The run was told to go on without a browser. */
export const withoutBrowser: boolean = isWithoutBrowser([], process.env)

/** The Chromium of this machine, for tests in Node that drive a page of their own. */
export function launchChromium(): Promise<Browser> {
  const found = find(need, thisMachine())
  const program = found.type === 'found' ? { executablePath: found.path } : {}
  return chromium.launch({ ...program, args: ['--no-sandbox', '--disable-gpu'] })
}
