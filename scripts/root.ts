import { delimiter, dirname, join } from 'node:path'

/** The folder of the workspace, wherever a script was called from. */
export const root = dirname(import.meta.dirname)

/** The environment for child processes: the workspace's own tools come first. */
export const withTools = (env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => ({
  ...env,
  PATH: [join(root, 'node_modules/.bin'), env['PATH']].join(delimiter),
})
