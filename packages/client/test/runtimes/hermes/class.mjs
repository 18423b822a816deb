import { equal, run } from './realm.mjs'
import './events.mjs'
import { EventSource } from '@millrace/client'
import { fetch, requests } from './replies.mjs'

const own = 'https://api.test'

run(async () => {
  const source = new EventSource(`${own}/feed`, { fetch })
  const heard = []
  await new Promise((resolve) => {
    source.addEventListener('open', () => heard.push('open'))
    source.addEventListener('price', ({ data }) => heard.push(`price ${data}`))
    source.addEventListener('error', ({ error }) => heard.push(error.code))
    source.onmessage = ({ data, lastEventId, origin }) => {
      heard.push(data + lastEventId + (origin === own))
      if (data === 'c') resolve()
    }
  })
  source.close()
  equal(heard, ['open', 'a1true', 'price b', 'truncated', 'open', 'c2true'])
  equal([source.readyState, requests.length], [EventSource.CLOSED, 2])

  let refused = null
  try {
    refused = new EventSource('/feed', { fetch })
  } catch (error) {
    refused = error
  }
  equal(refused.name, 'SyntaxError')
})
