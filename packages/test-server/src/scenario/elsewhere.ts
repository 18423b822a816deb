/**
 * Another origin that reaches the same server: `localhost` is a different origin than `127.0.0.1`. Where
 * there is no socket, any name does.
 */
export function elsewhere(host: string | undefined): string {
  if (host === undefined) return 'http://elsewhere.test'
  const port = /:\d+$/.exec(host)?.[0] ?? ''
  return host.startsWith('localhost') ? `http://127.0.0.1${port}` : `http://localhost${port}`
}
