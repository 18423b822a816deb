import { runtimeFromNpm } from '../../scripts/runtimes/from-npm.ts'
import type { Runtime } from './fresh-process.ts'

const singleThreaded = ['--single-threaded', '--no-warnings']

const runtimes: Record<string, () => Runtime> = {
  'Node 24': () => ({ name: 'Node 24', command: process.execPath, args: singleThreaded }),
  'Node 22': () => ({ name: 'Node 22', command: runtimeFromNpm('node', '22.23.3'), args: singleThreaded }),
  Bun: () => ({ name: 'Bun', command: runtimeFromNpm('bun', '1.4.5'), args: [] }),
}

export function runtimeNamed(name: string): Runtime {
  const start = runtimes[name]
  if (start === undefined) throw new RangeError(`There is no runtime ${name}`)
  return start()
}
