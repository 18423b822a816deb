const option = '--full'
export const variable: string = 'MILLRACE_FULL'

/**
 * A full run cuts every recording at every byte under each protocol and in each environment, gives properties all
 * their runs, and builds and drives the example apps: three times the time of all other tests. CI does it each
 * time; beside a developer the same tests run on a sample.
 */
export function isFull(args: readonly string[], variables: NodeJS.ProcessEnv): boolean {
  return args.includes(option) || Boolean(variables['CI']) || Boolean(variables[variable])
}

/** What vitest gets: the option is ours, and the example apps run in full runs and for who names a project. */
export function withoutExamples(args: readonly string[], full: boolean): string[] {
  const rest = args.filter((arg) => arg !== option)
  return full || rest.some((arg) => arg.startsWith('--project')) ? rest : [...rest, '--project=!examples']
}

export const notice =
  'On a sample, without the example apps: `npx -y pnpm@12 test --full` runs everything, and so does CI.'
