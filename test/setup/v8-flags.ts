import { isFull } from '../../scripts/test/full.ts'

/**
 * V8 collects garbage and optimizes on threads of its own, which only cost where every core is busy anyway. A full run
 * has V8 as users have it, and a profiler would wait for its thread for ever.
 */
export function v8Flags(env: NodeJS.ProcessEnv, execArgv: readonly string[]): string[] {
  const profiled = execArgv.some((flag) => /^--(?:cpu-prof|heap-prof|inspect)/.test(flag))
  return isFull([], env) || profiled ? [] : ['--single-threaded']
}
