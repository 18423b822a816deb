import type { Step } from '../scenario/types.ts'
import { returning, SOON, type NamedScenario } from './named.ts'

const text = (value: string): Step => ({ type: 'text', text: value })

/** Last event IDs: which are kept, and what the next request says. */
export const ids: readonly NamedScenario[] = [
  returning(
    { name: 'id-carries', about: 'An id stays until another one comes.', source: 'HTML 9.2.6' },
    [SOON, text('id: 7\ndata: a\n\ndata: b\n\n')],
    [
      ['message', 'a', '7'],
      ['message', 'b', '7'],
    ],
    '7',
  ),
  returning(
    {
      name: 'id-without-data',
      about: 'A block with an id alone counts.',
      source: 'HTML 9.2.6; Chromium obeys, Firefox does not',
    },
    [SOON, text('id: 7\n\n')],
    [],
    '7',
  ),
  returning(
    {
      name: 'id-empty-resets',
      about: 'An empty id resets, and no header is sent then.',
      source: 'HTML 9.2.6',
    },
    [SOON, text('id: 7\ndata: a\n\nid\ndata: b\n\n')],
    [
      ['message', 'a', '7'],
      ['message', 'b', ''],
    ],
    null,
  ),
  returning(
    { name: 'id-with-nul', about: 'An id that holds U+0000 is ignored whole.', source: 'HTML 9.2.6' },
    [SOON, text('id: 7\ndata: a\n\nid: 8\0\ndata: b\n\n')],
    [
      ['message', 'a', '7'],
      ['message', 'b', '7'],
    ],
    '7',
  ),
  returning(
    {
      name: 'id-not-latin1',
      about: 'An id is sent back as UTF-8 bytes, whatever its characters.',
      source: 'undici #5746, GHSA-q9qx-47rg-rhc7: five of six clients die',
    },
    [SOON, text('id: 水车…é🌊\ndata: a\n\n')],
    [['message', 'a', '水车…é🌊']],
    '水车…é🌊',
  ),
  returning(
    {
      name: 'id-too-long',
      about: 'An id of more than 8000 bytes is not sent back: it would be refused for ever.',
      source: 'fetch-event-source: 37 requests in 6 s against 431',
    },
    [SOON, text(`id: 7\ndata: a\n\nid: ${'x'.repeat(9000)}\ndata: b\n\n`)],
    [
      ['message', 'a', '7'],
      ['message', 'b', 'x'.repeat(9000)],
    ],
    null,
    { lastEventId: 'x'.repeat(9000) },
  ),
]
