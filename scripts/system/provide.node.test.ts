import { expect, test } from 'vitest'
import type { Machine, Need } from './need.ts'
import { provide } from './provide.ts'

const redis: Need = {
  name: 'a Redis server',
  variable: 'MILLRACE_REDIS',
  commands: ['redis-server'],
  paths: ['/opt/redis/redis-server'],
  debianPackage: 'redis-server',
}
const browser: Need = {
  name: 'Chromium',
  variable: 'MILLRACE_CHROMIUM',
  commands: ['chromium'],
  paths: [],
  debianPackage: 'chromium',
  download: { command: ['playwright', 'install', 'chromium'], path: () => '/cache/chrome' },
}

/** A machine whose programs are just these; commands are written down, and bring what `brings` says. */
function machineWith(
  programs: string[],
  facts: Partial<Machine> = {},
  brings: Record<string, string | undefined> = {},
) {
  const present = new Set(programs)
  const ran: string[] = []
  const machine: Machine = {
    variables: { PATH: '/bin:/usr/bin' },
    isExecutable: (path) => present.has(path),
    answers: () => true,
    isDebian: false,
    asRoot: () => undefined,
    ...facts,
  }
  const runCommand = (command: string, args: readonly string[]) => {
    const line = [command, ...args].join(' ')
    ran.push(line)
    const made = Object.entries(brings).find(([part]) => line.includes(part))
    if (made?.[1] !== undefined) present.add(made[1])
    return made !== undefined
  }
  return { ran, provided: (need: Need) => provide(need, machine, runCommand) }
}

const debianAsRoot: Partial<Machine> = { isDebian: true, asRoot: () => [] }

test('provide() takes what the environment variable names, before anything in PATH', () => {
  const { provided, ran } = machineWith(['/my/redis', '/bin/redis-server'], {
    variables: { PATH: '/bin', MILLRACE_REDIS: '/my/redis' },
  })
  expect(provided(redis)).toEqual({ type: 'provided', path: '/my/redis' })
  expect(ran).toEqual([])
})

test('provide() refuses a variable that names no program, rather than take another one', () => {
  const { provided } = machineWith(['/bin/redis-server'], {
    variables: { PATH: '/bin', MILLRACE_REDIS: '/typo' },
  })
  expect(provided(redis)).toEqual({
    type: 'refused',
    message: 'MILLRACE_REDIS is /typo, which is not a Redis server.',
  })
})

test.each(['/usr/bin/redis-server', '/opt/redis/redis-server'])('provide() finds %s', (path) => {
  expect(machineWith([path]).provided(redis)).toEqual({ type: 'provided', path })
})

test('provide() finds what an earlier download left', () => {
  const { provided, ran } = machineWith(['/cache/chrome'], debianAsRoot)
  expect(provided(browser)).toEqual({ type: 'provided', path: '/cache/chrome' })
  expect(ran).toEqual([])
})

test('provide() passes over a program that only says where to get the real one', () => {
  const probed: Need = { ...browser, commands: ['chromium', 'chrome'], probe: ['--version'] }
  const answers = (path: string, args: readonly string[]) =>
    path !== '/bin/chromium' && args[0] === '--version'
  expect(machineWith(['/bin/chromium', '/bin/chrome'], { answers }).provided(probed)).toEqual({
    type: 'provided',
    path: '/bin/chrome',
  })
  const variables = { MILLRACE_CHROMIUM: '/bin/chromium' }
  expect(machineWith(['/bin/chromium'], { answers, variables }).provided(probed)).toEqual({
    type: 'refused',
    message: 'MILLRACE_CHROMIUM is /bin/chromium, which is not Chromium.',
  })
})

test('provide() downloads where the package has brought no more than such a program', () => {
  const answers = (path: string) => path === '/cache/chrome'
  const { provided } = machineWith(
    [],
    { ...debianAsRoot, answers },
    {
      update: undefined,
      'apt-get install': '/usr/bin/chromium',
      playwright: '/cache/chrome',
    },
  )
  expect(provided({ ...browser, probe: ['--version'] })).toEqual({ type: 'provided', path: '/cache/chrome' })
})

test('provide() installs the package as root on Debian, with fresh package lists', () => {
  const { provided, ran } = machineWith([], debianAsRoot, {
    update: undefined,
    install: '/usr/bin/redis-server',
  })
  expect(provided(redis)).toEqual({ type: 'provided', path: '/usr/bin/redis-server' })
  expect(ran).toEqual(['apt-get update -q', 'apt-get install -q -y --no-install-recommends redis-server'])
})

test('provide() goes through sudo where it asks for no password', () => {
  const { provided, ran } = machineWith(
    [],
    { isDebian: true, asRoot: () => ['sudo', '--non-interactive'] },
    { update: undefined, install: '/usr/bin/redis-server' },
  )
  provided(redis)
  expect(ran[0]).toBe('sudo --non-interactive apt-get update -q')
})

test('provide() falls back on the download when the package cannot be had', () => {
  const { provided, ran } = machineWith([], debianAsRoot, { playwright: '/cache/chrome' })
  expect(provided(browser)).toEqual({ type: 'provided', path: '/cache/chrome' })
  expect(ran).toEqual(['apt-get update -q', 'playwright install chromium'])
})

test('provide() falls back on the download when the package is there and the program is not', () => {
  const { provided } = machineWith([], debianAsRoot, {
    update: undefined,
    'apt-get install': undefined,
    playwright: '/cache/chrome',
  })
  expect(provided(browser)).toEqual({ type: 'provided', path: '/cache/chrome' })
})

test('provide() says the one line for a person without root on Debian', () => {
  const { provided, ran } = machineWith([], { isDebian: true })
  expect(provided(redis)).toEqual({
    type: 'refused',
    message:
      'The tests need a Redis server. Get it: sudo apt-get update -q && ' +
      'sudo apt-get install -q -y --no-install-recommends redis-server',
  })
  expect(ran).toEqual([])
})

test('provide() says the line of the download elsewhere, after trying it', () => {
  const { provided, ran } = machineWith([])
  expect(provided(browser)).toEqual({
    type: 'refused',
    message: 'The tests need Chromium. Get it: npx -y pnpm@12 exec playwright install chromium',
  })
  expect(ran).toEqual(['playwright install chromium'])
})
