import type { Refusal } from '../../core/failure.ts'
import { excerptBytes, readExcerpt } from '../../io/excerpt.ts'
import type { Owner } from '../../io/owner.ts'
import { printable } from '../error-message.ts'
import { serverErrorInText } from './server-error.ts'

/** A stream's app is told what a refused reply says. The class fails as the standard has it, and loads nothing of this. */
export const readRefusal: NonNullable<Owner['readRefusal']> = async (open, clean) =>
  // Cut to length only now: a secret that is cut would not be found.
  refusalIn(clean(await readExcerpt(open)).slice(0, excerptBytes))

function refusalIn(excerpt: string): Refusal {
  const error = serverErrorInText(excerpt)
  const line = /\S.*/.exec(error?.message ?? titleOf(excerpt) ?? excerpt)?.[0] ?? ''
  return { excerpt, said: printable(line.trim()).slice(0, 200), type: error?.type }
}

/** Of an error page only the title is for reading. */
function titleOf(excerpt: string): string | null {
  if (!/^\s*<[!h]/i.test(excerpt)) return null
  return /<title[^>]*>([^<]*)/i.exec(excerpt)?.[1] ?? ''
}
