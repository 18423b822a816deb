import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { library } from '../library/index.ts'
import { parseScenario } from '../scenario/parse.ts'
import { fromRecording, type RecordedPiece } from '../scenario/recording.ts'
import type { Scenario } from '../scenario/types.ts'

/**
 * A scenario by the name it has in the library, or from a file: JSON, or a recorded `.sse` beside which a
 * `.timing.json` may lie (`[{ "after": ms, "size": bytes }, …]`).
 *
 * @throws {TypeError} that says in one sentence what is wrong with it
 */
export async function loadScenario(what: string): Promise<Scenario> {
  const known = library.find(({ name }) => name === what)
  if (known !== undefined) return known.scenario
  if (!/\.(json|sse)$/.test(what)) {
    throw new TypeError(`${what} is neither a named scenario (--list shows them) nor a .json or .sse file.`)
  }
  const bytes = await readFile(what).catch((error: unknown) => {
    throw new TypeError(`${what} cannot be read: ${codeOf(error)}.`, { cause: error })
  })
  try {
    if (what.endsWith('.json')) return parseScenario(bytes.toString('utf8'))
    return { name: basename(what), ...fromRecording(bytes, await timingBeside(what)) }
  } catch (error) {
    throw new TypeError(`${what}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

async function timingBeside(recording: string): Promise<readonly RecordedPiece[]> {
  const path = recording.replace(/\.sse$/, '.timing.json')
  const json = await readFile(path, 'utf8').catch(() => '[]')
  const timing = listIn(json.replace(/^\uFEFF/, ''))
  if (timing?.every(isPiece)) return timing
  throw new TypeError(`${path} is no list of { "after": ms, "size": bytes }.`)
}

function listIn(json: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function isPiece(value: unknown): value is RecordedPiece {
  const { after, size } = (value ?? {}) as Partial<RecordedPiece>
  return typeof after === 'number' && after >= 0 && Number.isSafeInteger(size) && Number(size) >= 0
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
