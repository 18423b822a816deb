import type { FeedServer } from './feed.ts'
import type { Link } from './link.ts'

/** Something that goes wrong for a while. */
export interface Trouble {
  readonly name: string
  readonly begin: (link: Link, server: FeedServer, app: App) => void
  readonly end?: (link: Link, server: FeedServer) => void
}

/** What an app may do with its connection. */
export interface App {
  reconnect(): void
  close(): void
}

const fair = (link: Link) => {
  link.weather = 'fair'
}

/** Silence is noticed where a rhythm was heard: two comments at least. What is younger breaks. */
const halfOpen = ({ connections }: Link) => {
  for (const connection of connections) {
    if (connection.age > 40_000) connection.fallSilent()
    else connection.reset()
  }
}

export const troubles: readonly [Trouble, ...Trouble[]] = [
  {
    name: 'reset while an event is on its way',
    begin: (link, server) => {
      server.publish('cut short')
      for (const connection of link.connections) connection.reset()
    },
  },
  { name: 'half open', begin: halfOpen },
  {
    name: 'network down',
    begin: (link) => {
      link.weather = 'refusing'
      for (const connection of link.connections) connection.reset()
    },
    end: fair,
  },
  {
    name: 'no reply',
    begin: (link) => {
      link.weather = 'hanging'
      halfOpen(link)
    },
    end: fair,
  },
  {
    name: 'server restarts',
    begin: (link, server) => {
      server.restart()
      link.weather = 'refusing'
    },
    end: fair,
  },
  {
    name: 'the app reconnects',
    begin: (_link, server, app) => {
      server.publish('in between')
      app.reconnect()
    },
  },
  { name: 'proxy ends the connection', begin: (_link, server) => server.restart() },
  {
    name: 'overload',
    begin: (_link, server) => {
      server.restart()
      server.busy = 20
    },
    end: (_link, server) => {
      server.busy = null
    },
  },
]
