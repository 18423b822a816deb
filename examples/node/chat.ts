/** Prints an answer over POST while it is written. Ctrl-C stops it, and keeps what was said. */
import { fetchEventStream, textOf } from '@millrace/client'
import { openaiChat } from '@millrace/client/protocols'

const [url = 'https://api.openai.com/v1/chat/completions'] = process.argv.slice(2)
const stream = fetchEventStream(url, {
  protocol: openaiChat,
  headers: { authorization: `Bearer ${process.env['API_KEY']}` },
  json: { model: 'gpt-5', stream: true, messages: [{ role: 'user', content: 'What turns a mill?' }] },
})
process.once('SIGINT', () => stream.close())

let said = ''
for await (const piece of textOf(stream)) {
  said += piece
  process.stdout.write(piece)
}

const { type } = await stream.outcome
console.log(type === 'complete' ? '' : `\n(${type} after ${said.length} characters)`)
