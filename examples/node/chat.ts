/** Prints an answer over POST while it is written. Ctrl-C, or a pipe that is closed, stops it; what was said is kept. */
import { EventStreamError, fetchEventStream, textOf } from '@millrace/client'
import { openaiChat } from '@millrace/client/protocols'

const [url = 'https://api.openai.com/v1/chat/completions'] = process.argv.slice(2)
const stream = fetchEventStream(url, {
  protocol: openaiChat,
  headers: { authorization: `Bearer ${process.env['API_KEY']}` },
  json: { model: 'gpt-5', stream: true, messages: [{ role: 'user', content: 'What turns a mill?' }] },
})
process.once('SIGINT', () => stream.close())
process.stdout.on('error', () => stream.close()) // EPIPE: `chat.ts | head` reads no more

let said = ''
try {
  for await (const piece of textOf(stream)) {
    said += piece
    process.stdout.write(piece)
  }
} catch (error) {
  // Why the answer is not whole is in the outcome, too.
  if (!(error instanceof EventStreamError)) throw error
}

const { type, error } = await stream.outcome
console.log(type === 'complete' ? '' : `\n(${type} after ${said.length} characters)`)
if (error) {
  console.error(error.message)
  process.exitCode = 1
}
