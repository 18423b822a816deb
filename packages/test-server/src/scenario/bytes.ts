const encoder = new TextEncoder()

/** UTF-8 of a string. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** The bytes that a base64 text stands for. `atob` throws on a text that is none. */
export function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}

/** Base64 of bytes, for a `bytes` step. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
