import { execFileSync } from 'node:child_process'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import type { Machine } from './need.ts'

export function thisMachine(): Machine {
  return { variables: process.env, isExecutable, answers, isDebian: isDebian(), asRoot }
}

function isExecutable(path: string): boolean {
  // A folder may be entered, which is the same right as to run a program.
  return succeeds(() => accessSync(path, constants.X_OK)) && statSync(path).isFile()
}

function answers(path: string, args: readonly string[]): boolean {
  // On Windows a browser that is asked for its version opens a window instead.
  if (process.platform === 'win32') return true
  return succeeds(() => execFileSync(path, args, { stdio: 'ignore', timeout: 30_000 }))
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

function asRoot(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return []
  return succeeds(sudoWithoutPassword) ? ['sudo', '--non-interactive'] : undefined
}

function sudoWithoutPassword(): void {
  execFileSync('sudo', ['--non-interactive', 'true'], { stdio: 'ignore' })
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}
