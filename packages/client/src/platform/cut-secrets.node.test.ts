import { expect, test } from 'vitest'
import { growth } from '../../../../test/support/growth.ts'
import { withoutSecret } from './cut-secrets.ts'

const secret = 'sk-live-1234567890'

test.each([
  ['whole, as often as it is there', `a ${secret} b ${secret}`, 'a … b …'],
  ['cut by the end', 'the key sk-live-12345', 'the key …'],
  ['cut before the mark of what was shortened', 'the event "sk-live-12…" is bad', 'the event "……" is bad'],
  [
    "cut in V8's error about JSON",
    `Unexpected token 's', "sk-live-12"... is not valid JSON`,
    `Unexpected token 's', "…"... is not valid JSON`,
  ],
  ['whole and cut', `${secret} and sk-live-1`, '… and …'],
  ['cut, where another start comes just before', 'sk-live-sk-live-1', 'sk-live-…'],
])('withoutSecret() takes a secret out that is %s', (_, text, clean) => {
  expect(withoutSecret(text, secret)).toBe(clean)
})

test.each([
  ['a start in the midst of a text', 'keys begin with sk-live-12, as yours'],
  ['a start of seven characters', 'it is sk-live'],
  ['what goes on otherwise', 'it is sk-live-13'],
])('withoutSecret() leaves %s', (_, text) => {
  expect(withoutSecret(text, secret)).toBe(text)
})

test('withoutSecret() leaves a scheme at the end, which begins a header', () => {
  expect(withoutSecret('send a token of the scheme Millrace', 'Millrace 1234')).toBe(
    'send a token of the scheme Millrace',
  )
})

test('withoutSecret() takes linear time for a row of starts', async () => {
  const row = async (starts: number) => void withoutSecret('sk-live-12'.repeat(starts), secret)

  expect(await growth(row, 4000, 16, 4)).toBeLessThan(4)
})
