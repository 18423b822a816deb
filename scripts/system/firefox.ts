import type { Need } from './need.ts'

export const firefox: Need = {
  name: 'Firefox',
  variable: 'MILLRACE_FIREFOX',
  commands: ['firefox-esr', 'firefox'],
  paths: [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
  probe: ['--version'],
  debianPackage: 'firefox-esr',
}
