import type { Refusal } from '../../core/failure.ts'
import { excerptBytes, readExcerpt } from '../../io/excerpt.ts'
import type { Owner } from '../../io/owner.ts'
import { serverErrorInText } from '../decode/server-error.ts'

/** Reads what a refused reply says, for the error. The class does not, as the standard has it, and need not load this. */
export const readRefusal: NonNullable<Owner['readRefusal']> = async (open, clean) =>
  // Shortened only after cleaning: half a secret would not be found.
  refusalIn(clean(await readExcerpt(open)).slice(0, excerptBytes))

function refusalIn(excerpt: string): Refusal {
  const error = serverErrorInText(excerpt)
  const line = /\S.*/.exec(error?.message ?? titleOf(excerpt) ?? excerpt)?.[0] ?? ''
  return { excerpt, said: line.trim().slice(0, 200), type: error?.type }
}

/** The title of an error page, which is all of it that people can read; null for other text. */
function titleOf(excerpt: string): string | null {
  if (!/^\s*<[!h]/i.test(excerpt)) return null
  return /<title[^>]*>([^<]*)/i.exec(excerpt)?.[1] ?? ''
}
