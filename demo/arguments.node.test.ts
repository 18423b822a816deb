import { expect, test } from 'vitest'
import { parseArguments } from './arguments.ts'

test('parseArguments() shows the answer from this machine when nothing is said', () => {
  expect(parseArguments([])).toEqual({ type: 'loopback', once: false, port: 0 })
})

test('parseArguments() takes everything a real endpoint needs', () => {
  const line = ['--url', 'https://x.test/v1', '--header', 'authorization: Bearer a:b', '--header', 'x-a:1']
  const more = ['--json', '{"stream":true}', '--until', '[DONE]', '--pick', 'choices.0.delta.content']
  expect(parseArguments([...line, ...more])).toEqual({
    type: 'endpoint',
    endpoint: {
      url: 'https://x.test/v1',
      headers: [
        ['authorization', 'Bearer a:b'],
        ['x-a', '1'],
      ],
      json: { stream: true },
      until: '[DONE]',
      pick: 'choices.0.delta.content',
    },
  })
})

const userinfoMessage = '--url holds a user name or password: send them by --header "authorization: …".'
const headerMessage = '--header is written as "name: value", in characters that HTTP allows there.'

test.each([
  [['--url', 'nonsense'], '--url needs an http or https URL, not "nonsense".'],
  [['--url', 'ftp://x.test'], '--url needs an http or https URL, not "ftp://x.test".'],
  [['--url', 'https://bob:pa55@x.test'], userinfoMessage],
  [['--url', 'https://:pa55@x.test'], userinfoMessage],
  [['--until', '[DONE]'], '--until needs --url <endpoint>.'],
  [['--url', 'http://x.test', '--json', '{oops'], '--json needs a JSON text, in quotes of the shell.'],
  [['--url', 'http://x.test', '--header', 'secret'], headerMessage],
  [['--url', 'http://x.test', '--header', 'x: –'], headerMessage],
  [['--url', 'http://x.test', '--header', 'x: a\u0000b'], headerMessage],
  [['--url', 'http://x.test', '--port', '1'], '--port is for the server on this machine, not for --url.'],
  [['--port', '99999'], '--port is a number up to 65535, not "99999".'],
  [['--ones'], "Unknown option '--ones': see pnpm start --help."],
  [['--url'], "Option '--url <value>' argument missing: see pnpm start --help."],
  [['--port', '-1'], "Option '--port' argument is ambiguous: see pnpm start --help."],
  [['stray'], "Unexpected argument 'stray': see pnpm start --help."],
])('parseArguments(%j) says: %s', (args, message) => {
  expect(parseArguments(args)).toEqual({ type: 'invalid', message })
})
