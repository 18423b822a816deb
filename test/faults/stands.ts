import { fakeFetch, serve, type Playing, type Scenario, type Transport } from '@millrace/test-server'
import { handlers } from '@millrace/test-server/msw'
import { virtualTime } from '@millrace/client/testing'
import { setupServer } from 'msw/node'

/** A scenario that plays over one of the transports. */
export interface Stand {
  readonly playing: Playing
  readonly fetch: typeof fetch
  readonly runtime: unknown
  /** Lets time pass, so that a condition may come true: virtual time at once, real time as it goes. */
  pass(): Promise<void>
  /** Lets virtual time pass, so that what comes too soon has come. */
  linger(): Promise<void>
  close(): Promise<void>
}

/** Longer than any wait that should be shorter, shorter than the 10 s that one scenario asks for. */
const LINGER = 5000

export interface Hall {
  stand(scenario: Scenario, name: string): Promise<Stand>
  /** Lets real time pass, once for all trials: what comes too soon has come then. */
  linger(): Promise<void>
  close(): void
}

const lingering = () => new Promise<void>((resolve) => setTimeout(resolve, 1500))

const realTime = () => new Promise<void>((resolve) => setTimeout(resolve, 10))

/** One place for all scenarios of a transport. */
export const halls: { readonly [T in Transport]: () => Hall } = {
  socket: () => ({
    async stand(scenario) {
      const playing = await serve(scenario)
      return {
        playing,
        fetch: globalThis.fetch,
        runtime: undefined,
        pass: realTime,
        linger: async () => {},
        close: () => playing.close(),
      }
    },
    linger: lingering,
    close() {},
  }),

  msw() {
    const server = setupServer()
    server.listen({ onUnhandledFrame: 'bypass' })
    return {
      async stand(scenario, name) {
        const playing = handlers(scenario, `http://msw.test/${name}`)
        server.use(...playing.handlers)
        return {
          playing,
          fetch: globalThis.fetch,
          runtime: undefined,
          pass: realTime,
          linger: async () => {},
          close: async () => playing.drop('end'),
        }
      },
      linger: lingering,
      close: () => server.close(),
    }
  },

  fetch: () => ({
    async stand(scenario) {
      const { runtime, advance } = virtualTime()
      const playing = fakeFetch(scenario, { runtime })
      return {
        playing,
        fetch: playing.fetch,
        runtime,
        pass: async () => {
          await realTurn()
          await advance(5)
        },
        linger: () => advance(LINGER),
        close: async () => playing.drop(),
      }
    },
    linger: async () => {},
    close() {},
  }),
}

/** A turn of the event loop: streams hand over their chunks in it, while virtual time stands. */
function realTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
