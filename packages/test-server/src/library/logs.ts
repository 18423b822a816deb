import type { EventFields } from '../scenario/types.ts'
import { end, END, SOON, replying, type NamedScenario } from './named.ts'

const log: readonly EventFields[] = ['1', '2', '3', '4'].map((id) => ({ id, data: `event ${id}` }))
const [one, two, three, four] = log.map(({ id = '', data = '' }) => ['message', data, id] as const)

function resumed(
  name: string,
  about: string,
  faults: { skip?: number; again?: number },
  events: readonly (typeof one)[],
): NamedScenario {
  const cut = SOON.type === 'text' ? SOON.text.length + 'id: 1\ndata: event 1\n\n'.length * 2 + 3 : 0
  return replying(
    { name, about, source: 'HTML 9.2.7: servers repeat and lose; delivery is at least once' },
    [
      { on: { resumed: false }, steps: [{ type: 'cut', at: cut, by: 'end' }, SOON, { type: 'replay' }] },
      { steps: [{ type: 'replay', ...faults }, ...END] },
    ],
    {
      events: [...events.filter((event) => event !== undefined), end('4')],
      requests: [null, '2'],
      end: 'open',
    },
    log,
  )
}

/** Event logs: what follows the last event ID, and logs that misbehave. */
export const logs: readonly NamedScenario[] = [
  resumed('log-resume', 'The log goes on after the last event that was whole.', {}, [one, two, three, four]),
  resumed('log-gap', 'The log has lost an event: nothing in the stream can tell.', { skip: 1 }, [
    one,
    two,
    four,
  ]),
  resumed('log-duplicates', 'The log repeats two events: both come again, in order.', { again: 2 }, [
    one,
    two,
    one,
    two,
    three,
    four,
  ]),
]
