/**
 * The parts of a header's value that may be repeated alone: a token without `Bearer`, each cookie, the password within
 * `Basic`, the parameters of other schemes.
 */
export function partsOf(name: string, value: string): readonly string[] {
  if (name === 'cookie') return value.split(/; */).flatMap((pair) => asMeant(pair.replace(/^[^=]*=/, '')))
  const token = value.slice(value.indexOf(' ') + 1)
  if (/^basic /i.test(value)) return [token, ...passwordsOf(token)]
  return name.endsWith('authorization') ? [token, ...parametersOf(token)] : [token]
}

/** As it was written, and without its percent signs. */
function asMeant(text: string): readonly string[] {
  try {
    return [text, decodeURIComponent(text)]
  } catch {
    return [text]
  }
}

/** By the bytes and by UTF-8: servers take them for one or the other. Without a password the user is the secret, as for Stripe. */
function passwordsOf(token: string): readonly string[] {
  try {
    const binary = atob(token)
    const text = new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)))
    return [binary, text].map((pair) => pair.replace(/:$/, '').replace(/^[^:]*:/, ''))
  } catch {
    return []
  }
}

/** Those of `token="…", nonce="…"`. */
function parametersOf(credentials: string): readonly string[] {
  return Array.from(credentials.matchAll(/=\s*"?([^\s",]+)/g), ([, value = '']) => value)
}
