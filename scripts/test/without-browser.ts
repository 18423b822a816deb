const option = '--without-browser'
const variable = 'MILLRACE_WITHOUT_BROWSER'

/** Going on without a browser has to be asked for; it is never what happens when none is there. */
export function isWithoutBrowser(args: readonly string[], variables: NodeJS.ProcessEnv): boolean {
  return args.includes(option) || Boolean(variables[variable])
}

/** What vitest gets: the option is ours, and without a browser the projects that need one are left out. */
export function vitestArguments(args: readonly string[], withoutBrowser: boolean): string[] {
  const rest = args.filter((arg) => arg !== option)
  return withoutBrowser ? [...rest, '--project=!chromium', '--project=!examples'] : rest
}

export const warning: string = `
  !!  Running WITHOUT a browser, as asked for by ${option} or ${variable}.
  !!  Nothing is known about Chromium after this run.
`

export const hint: string = `To go on without a browser: npx -y pnpm@12 test ${option}`
