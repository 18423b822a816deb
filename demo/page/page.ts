/** The page: the same answer, with a button that has the server reset the connection. */
import { EventStreamError, fetchEventStream, lastEventIdGet, type Observation } from '@millrace/client'
import { pick } from '../pick.ts'
import { advance, cutsSurvived, start } from '../progress.ts'
import { tally } from '../tally.ts'
import type { PageData } from './data.ts'
import { play } from './played.ts'
import { view } from './view.ts'

const data: PageData = JSON.parse(document.querySelector('#data')?.textContent ?? '')
const sent = (data.answer.log ?? []).map(({ id }) => id ?? '')
const page = view(data.question, sent.length)

async function ask(): Promise<void> {
  const played = await play(data.control, data.answer).catch(() => null)
  if (played === null) {
    page.failed('No reply: is pnpm start still running?')
    return page.end(ask)
  }
  const asked = performance.now()
  const received: string[] = []
  let firstText: number | undefined
  let progress = start

  const facts = (outcome?: string) =>
    page.facts({
      ...tally(sent, received),
      cuts: cutsSurvived(progress),
      firstText,
      outcome,
    })
  const observe = (seen: Observation) => {
    progress = advance(progress, seen)
    page.status(seen.type, progress.phrase)
  }

  page.begin(() => played.cut())
  facts()
  const stream = fetchEventStream(played.url, {
    json: { question: data.question },
    until: '[DONE]',
    resume: lastEventIdGet,
    observe,
  })
  try {
    for await (const event of stream) {
      const text = pick(event.data, 'choices.0.delta.content')
      firstText ??= performance.now() - asked
      received.push(event.lastEventId)
      page.token(text, Number(event.lastEventId), cutsSurvived(progress))
      facts()
    }
  } catch (error) {
    page.failed(error instanceof EventStreamError ? error.message : String(error))
  }
  facts((await stream.outcome).type)
  page.end(ask)
}

await ask()
