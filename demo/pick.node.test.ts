import { expect, test } from 'vitest'
import { pick } from './pick.ts'

test.each([
  ['{"choices":[{"delta":{"content":" mill"}}]}', 'choices.0.delta.content', ' mill'],
  ['{"choices":[]}', 'choices.0.delta.content', ''],
  ['{"choices":[{"delta":{"content":null}}]}', 'choices.0.delta.content', ''],
  ['not json', 'choices.0', ''],
  ['not json', undefined, 'not json'],
])('pick(%s, %s) is %j', (data, path, text) => {
  expect(pick(data, path)).toBe(text)
})
