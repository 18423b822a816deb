import { expect, test } from 'vitest'
import { thisMachine } from '../../scripts/system/this-machine.ts'
import { findWebKit } from '../../scripts/system/webkit.ts'
import { enter, WebKit } from '../../test/webkit/web-driver.ts'
import { serveApp } from '../driver/serve-app.ts'
import { answerTo } from './answers.ts'

const programs = findWebKit(thisMachine())
const without = programs === null ? ' (not run: apt-get install webkit2gtk-driver xvfb)' : ''

test.skipIf(programs === null)(
  `the chat goes on after a cut in WebKit, too, without losing or repeating a word${without}`,
  async () => {
    if (programs === null) return
    await using app = await serveApp(import.meta.dirname)
    await using page = await WebKit.open(programs)
    const answer = () => page.text('[data-testid=text]')
    const question = 'What is a millrace?'

    await page.goTo(app.url)
    await page.type('#prompt', question + enter)
    await expect.poll(answer).not.toBe('')
    await page.type('.cut', enter)
    await expect.poll(() => page.text('[role=status]')).toBe('Connection lost.')
    await expect.poll(() => page.text('[role=status]')).toBe('Complete, over 2 connections')
    expect(await answer()).toBe(answerTo(question).join(''))
  },
)
