/** Events by name, checked as they come: `switch` narrows their data, and what no schema is for is passed as text. */
import { fetchEventStream } from '@millrace/client'
import { z } from 'zod'

const [url = 'https://api.example.com/market'] = process.argv.slice(2)
const market = fetchEventStream(url, {
  schema: {
    price: z.object({ symbol: z.string(), cents: z.number() }),
    halt: z.object({ reason: z.string() }),
  },
  others: 'pass',
  until: { event: 'halt' },
})
for await (const event of market) {
  switch (event.type) {
    case 'price':
      console.log(`${event.data.symbol} ${(event.data.cents / 100).toFixed(2)}`)
      break
    case 'halt':
      console.log(`halted: ${event.data.reason}`)
      break
    case 'other':
      console.log(`(${event.name})`)
  }
}
