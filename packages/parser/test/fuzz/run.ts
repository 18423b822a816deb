/**
 * Looks for bytes on which the parser and the standard disagree: `pnpm fuzz parser --seconds 60 --seed 7`.
 * Inputs of a new shape join the corpus, which is saved; an input that fails is saved too, and named.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { check } from './check.ts'
import { randomFrom } from '../../../../test/support/random.ts'
import { mutate } from './mutate.ts'

const folder = join(import.meta.dirname, 'corpus')
const largestCorpus = 80
const longestInput = 400

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== 'parser'),
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
})
const seconds = Number(values.seconds)
const random = randomFrom(Number(values.seed))

mkdirSync(folder, { recursive: true })
const corpus = readdirSync(folder).map((name) => new Uint8Array(readFileSync(join(folder, name))))
if (corpus.length === 0)
  corpus.push(new TextEncoder().encode('id: 1\nevent: e\ndata: a\ndata: 水\n\n: c\nretry: 5\n'))
const shapes = new Set(corpus.map((input) => check(input, random).shape))
const pick = (): Uint8Array => corpus[Math.floor(random() * corpus.length)] ?? new Uint8Array()

function save(input: Uint8Array): string {
  const file = join(folder, `${createHash('sha256').update(input).digest('hex').slice(0, 16)}.sse`)
  writeFileSync(file, input)
  return file
}

const end = performance.now() + seconds * 1000
let runs = 0
let failed: string | undefined
while (failed === undefined && performance.now() < end) {
  const input = mutate(pick(), pick(), random).slice(0, longestInput)
  const { right, shape } = check(input, random)
  runs++
  if (!right) failed = save(input)
  else if (!shapes.has(shape) && corpus.length < largestCorpus) {
    shapes.add(shape)
    corpus.push(input)
    save(input)
  }
}
process.stdout.write(`${runs} inputs in ${seconds} s, seed ${values.seed}, a corpus of ${corpus.length}\n`)
if (failed !== undefined) {
  process.stdout.write(`The parser and the standard disagree on ${failed}\n`)
  process.exitCode = 1
}
