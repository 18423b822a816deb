import type { TestModule, Vitest } from 'vitest/node'

export interface ClosingCount {
  readonly passed: number
  readonly failed: number
}

/**
 * Tests of a finished run, every environment counted. What broke outside a test (a file that does not
 * load, a hook, a promise nobody waited for) counts as failed too: the line must never look better than
 * the run was.
 */
export function closingCount(vitest: Vitest): ClosingCount {
  const modules = vitest.state.getTestModules()
  const failedOutside = modules.reduce((sum, module) => sum + brokenOutsideTests(module), 0)
  return {
    passed: countTests(modules, 'passed'),
    failed: countTests(modules, 'failed') + failedOutside + vitest.state.getUnhandledErrors().length,
  }
}

const countTests = (modules: readonly TestModule[], state: 'passed' | 'failed'): number =>
  modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0)

const brokenOutsideTests = (module: TestModule): number =>
  [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length
