import type { Control, Scenario } from '@millrace/test-server'

/** A scenario that the server plays for this page alone. */
export interface Played {
  readonly url: string
  /** Has the server reset what is open. */
  readonly cut: () => Promise<void>
}

export async function play({ url, token }: Control, scenario: Scenario): Promise<Played> {
  const headers = { authorization: `Bearer ${token}` }
  const reply = await fetch(`${url}scenarios`, { method: 'POST', headers, body: JSON.stringify(scenario) })
  if (!reply.ok) throw new TypeError(`The server does not play the answer: ${await reply.text()}`)
  const { id, path } = await reply.json()
  return {
    url: new URL(path, location.href).href,
    async cut() {
      await fetch(`${url}scenarios/${id}/drop?by=reset`, { method: 'POST', headers })
    },
  }
}
