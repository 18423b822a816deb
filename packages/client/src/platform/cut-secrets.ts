/** Less of a secret is none yet: such a start often only says whose key it is, as `sk-live-` does. */
const least = 8

/**
 * The text without the secret, and without its start where the text ends within it: data is shortened before it is known
 * what it holds, and a body may break anywhere.
 */
export function withoutSecret(text: string, secret: string): string {
  const clean = text.replaceAll(secret, '…')
  // One with a space begins with a scheme, which may end a sentence; the token behind it is a secret of its own.
  return secret.length < least || /\s/.test(secret) ? clean : withoutStart(clean, secret)
}

function withoutStart(text: string, secret: string): string {
  const start = secret.slice(0, least)
  let clean = ''
  let done = 0
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, Math.max(done, at + 1))) {
    let end = at + least
    while (end < text.length && text[end] === secret[end - at]) end++
    if (!isCut(text, end)) continue
    clean += `${text.slice(done, at)}…`
    done = end
  }
  return clean + text.slice(done)
}

/** At the end, before the mark of what we shorten, and before that of V8's errors about JSON. */
function isCut(text: string, end: number): boolean {
  return end === text.length || text.startsWith('…', end) || text.startsWith('"...', end)
}
