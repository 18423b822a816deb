import { expect, test } from 'vitest'
import { commands } from 'vitest/browser'
import { pieces } from '../answer.ts'
import type { Visit } from './visit.ts'

test('the page survives its cut-me button twice, keeps the focus on it, and asks again when it is told to', async () => {
  const url = await commands.servedVisitor()
  const frame = document.createElement('iframe')
  frame.src = url
  const told = new Promise<Visit>((resolve) => {
    const listen = ({ origin, data }: MessageEvent) => {
      if (origin !== new URL(url).origin) return
      removeEventListener('message', listen)
      resolve(data)
    }
    addEventListener('message', listen)
  })
  document.body.append(frame)
  const { answer, facts, focused, unanswered, broken } = await told
  frame.remove()

  expect(answer).toBe(pieces.join(''))
  expect(facts).toMatchObject({
    sent: String(pieces.length),
    received: String(pieces.length),
    lost: '0',
    duplicated: '0',
    'cuts survived': '2',
    outcome: 'complete',
  })
  expect(focused).toBe('cut')
  expect(unanswered).toBe('No reply: is pnpm start still running?')
  expect(broken).toEqual([])
})
