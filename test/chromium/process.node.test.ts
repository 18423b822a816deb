import { expect, test } from 'vitest'
import { startChromium } from './process.ts'

test('a program that ends at once, as a browser does that lacks a library, is one sentence', async () => {
  // Node knows none of Chromium's options.
  const opener = await startChromium(process.execPath)
  await expect(opener.open('about:blank')).rejects.toThrow(`${process.execPath} opens no page: it ended (9).`)
  await opener.close()
})
