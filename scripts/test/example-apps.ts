/**
 * The example apps are built and driven in a browser: that takes as long as half of all other tests. Every CI run
 * does it; beside a developer it is done when asked for.
 */
export function leavesOutExamples(args: readonly string[], variables: NodeJS.ProcessEnv): boolean {
  return !variables['CI'] && !args.some((arg) => arg.startsWith('--project'))
}

export const leaveOut = '--project=!examples'

export const notice =
  'The example apps were left out: `npx -y pnpm@12 test:examples` drives them, and so does CI.'
