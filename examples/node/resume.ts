/** Reads an answer, and goes on where it was when it is started again: the cursor is JSON in a file. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { fetchEventStream, lastEventIdGet, type Cursor } from '@millrace/client'

const [url = 'https://api.example.com/answer', file = 'cursor.json'] = process.argv.slice(2)

const saved = await readFile(file, 'utf8').catch(() => null)
const cursor: Cursor | null = saved === null ? null : JSON.parse(saved)
const stream = fetchEventStream(url, {
  json: { question: 'What turns a mill?' },
  until: '[DONE]',
  resume: lastEventIdGet,
  cursor,
})
for await (const { data } of stream) {
  console.log(data)
  // A file that was killed half written could not be read.
  await writeFile(`${file}.new`, JSON.stringify(stream.cursor))
  await rename(`${file}.new`, file)
}
await rm(file, { force: true })
