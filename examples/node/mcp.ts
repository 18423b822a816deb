/** Calls a tool over MCP. The server may hang up in between; the answer goes on by GET with Last-Event-ID. */
import { fetchEventStream } from '@millrace/client'
import { mcp } from '@millrace/client/protocols'

const [url = 'https://tools.example.com/mcp'] = process.argv.slice(2)
const call = fetchEventStream(url, {
  protocol: mcp,
  headers: { 'mcp-protocol-version': '2025-11-25' },
  json: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'grind', arguments: { kg: 12 } } },
})
for await (const { data } of call) {
  if ('result' in data) console.log('result', JSON.stringify(data.result))
  else console.log(data.method, JSON.stringify(data.params))
}
console.log('attempts', (await call.outcome).attempts)
