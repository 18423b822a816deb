/**
 * The class and the stream beside their rivals, over loopback: `pnpm bench client`, 15 rounds of 200,000 events unless
 * given; a start always has 61 rounds, the idle heap 3. Every measurement is a process of its own, rounds are interleaved, ratios are paired
 * by round.
 */
import process from 'node:process'
import { argumentsOf } from '../method/arguments.ts'
import { buildPackages } from '../method/build.ts'
import { startFlood } from '../method/flood.ts'
import { inFreshProcess, type Runtime } from '../method/fresh-process.ts'
import { interleaved, pick } from '../method/interleaved.ts'
import { publish } from '../method/publish.ts'
import { figuresOf, type Figures } from '../../scripts/figures/figures.ts'
import { questionsFor, type Question } from './questions.ts'
import type { Answer, Task } from './worker.ts'

const { rounds, events, only, keep } = argumentsOf({ rounds: 15, events: 200_000 })
const node: Runtime = { name: 'Node', command: process.execPath, args: ['--no-warnings'] }
const worker = new URL('worker.ts', import.meta.url)
buildPackages()
using flood = await startFlood()

process.stdout.write(`Node ${process.versions.node}, ${new Date().toISOString()}\n`)
for (const question of questionsFor(events).filter(({ name }) => name.includes(only))) {
  publish('client', await answersTo(question), keep)
}

async function answersTo(question: Question): Promise<Figures[]> {
  const { name, contestants, task, flags, subjects } = question
  const times = question.rounds ?? rounds
  const answers = await interleaved({ name, contestants, rounds: times }, (contestant) => {
    const asked: Task = { contestant, origin: flood.origin, ...task }
    return inFreshProcess<Answer>(node, worker, asked, flags)
  })
  return subjects.map(({ figure, ...subject }) =>
    figuresOf(
      subject,
      pick(answers, (answer) => answer[figure]),
    ),
  )
}
