import { createRequire } from 'node:module'
import type playwright from 'playwright'
import type { Need } from './need.ts'

/** Loaded when it is asked for: it takes longer than the rest of the search. */
const tool = (): typeof playwright => createRequire(import.meta.url)('playwright')

export const chromium: Need = {
  name: 'Chromium',
  variable: 'MILLRACE_CHROMIUM',
  commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  paths: [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  probe: ['--version'],
  debianPackage: 'chromium',
  download: {
    command: ['playwright', 'install', 'chromium'],
    path: () => tool().chromium.executablePath(),
  },
}
