/** `pnpm bench <name> …`: runs benchmarks/<name>/run.ts with what follows. */
import { existsSync } from 'node:fs'
import process from 'node:process'

const [name = '', ...rest] = process.argv.slice(2)
const script = new URL(`${name}/run.ts`, import.meta.url)
if (!/^[a-z]+$/.test(name) || !existsSync(script)) {
  process.stderr.write(
    'Usage: pnpm bench parser|client|page [--rounds 9] [--events 100000] [--only W1] [--record]\n',
  )
  process.exit(1)
}
process.argv.splice(2, process.argv.length, ...rest)
await import(script.href)
