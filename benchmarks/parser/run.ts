/**
 * The parser against its rivals: `pnpm bench parser`, 9 rounds unless given. `--only W1` (any part of a row's name). Every
 * measurement is a process of its own, rounds are interleaved, ratios are paired by round.
 */
import { argumentsOf } from '../method/arguments.ts'
import { buildPackages } from '../method/build.ts'
import { interleaved, pick } from '../method/interleaved.ts'
import { publish } from '../method/publish.ts'
import { figuresOf } from '../../scripts/figures/figures.ts'
import { suite } from './suite.ts'

const { rounds, only, keep } = argumentsOf({ rounds: 9 })
buildPackages()

for (const { contestants, measure, ...subject } of suite.filter(({ name }) => name.includes(only))) {
  const answers = await interleaved({ name: subject.name, contestants, rounds }, measure)
  publish(
    'parser',
    [
      figuresOf(
        subject,
        pick(answers, (figure) => figure),
      ),
    ],
    keep,
  )
}
