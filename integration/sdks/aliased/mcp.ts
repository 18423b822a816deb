import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

/** Calls a tool by the MCP SDK's own client. */
export default async function call(url: string): Promise<unknown> {
  const client = new Client({ name: 'millrace-integration', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(new URL(url)))
  const { content } = await client.callTool({ name: 'grind' })
  await client.close()
  return content
}
