/** The built test server in whatever runs this file: what it wrote right before it breaks off must arrive. */
import assert from 'node:assert/strict'
import { scenario, serve } from '@millrace/test-server'

/** The text of a body as far as it came, and whether it broke. */
async function read(url) {
  const decoder = new TextDecoder()
  const reader = (await fetch(url)).body.getReader()
  let text = ''
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += decoder.decode(part.value)
    return { text, broken: false }
  } catch {
    return { text, broken: true }
  }
}

const told = { type: 'event', id: '1', data: 'told' }
for (const type of ['reset', 'end']) {
  const server = await serve(scenario([told, { type }]))
  assert.deepEqual(await read(server.url), { text: 'id: 1\ndata: told\n\n', broken: type === 'reset' })
  await server.close()
}
