import { styleText } from 'node:util'
import type { Result } from './run.ts'

export interface Step {
  readonly name: string
  /** Shown with the result, so that a reader knows what has been proved. */
  readonly proves: string
  readonly run: () => Promise<Result>
  /** A report is read when it passes too. */
  readonly report?: true
}

/** One line a step; a failing step adds what its command said. True when the step holds. */
export async function runStep(step: Step): Promise<boolean> {
  const started = performance.now()
  const { ok, output } = await step.run()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const mark = ok ? styleText('green', '✓') : styleText('red', '✗')
  console.log(`${mark} ${step.name.padEnd(12)} ${seconds.padStart(5)} s  ${styleText('dim', step.proves)}`)
  if (!ok || step.report) console.log(indent(output))
  return ok
}

const indent = (text: string): string => text.trimEnd().replaceAll(/^(?=.)/gm, '    ')
