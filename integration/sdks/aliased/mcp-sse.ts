import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'

/** Calls a tool by the MCP SDK's client over its older transport, an EventSource. */
export default async function call(url: string): Promise<unknown> {
  const requestInit = { headers: { authorization: 'Bearer mill' } }
  const client = new Client({ name: 'millrace-integration', version: '1.0.0' })
  await client.connect(new SSEClientTransport(new URL(url), { requestInit }))
  const { content } = await client.callTool({ name: 'grind' })
  await client.close()
  return content
}
