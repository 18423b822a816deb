/** Calls a tool by the MCP SDK's own client, and prints what came back. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const [, , url = ''] = process.argv
const client = new Client({ name: 'millrace-integration', version: '1.0.0' })
await client.connect(new StreamableHTTPClientTransport(new URL(url)))
const { content } = await client.callTool({ name: 'grind' })
process.stdout.write(JSON.stringify(content))
await client.close()
