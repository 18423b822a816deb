/** One question and what has come of its answer: all that is needed to go on with it after a reload. */
export interface Turn {
  readonly id: string
  readonly prompt: string
  readonly text: string
  readonly events: number
  readonly lastEventId: string
  readonly state: 'running' | 'complete' | 'stopped' | 'failed'
}

export function newTurn(prompt: string): Turn {
  return { id: crypto.randomUUID(), prompt, text: '', events: 0, lastEventId: '', state: 'running' }
}

const key = 'chat'

export function loadTurns(): readonly Turn[] {
  return JSON.parse(sessionStorage.getItem(key) ?? '[]') as Turn[]
}

export function saveTurns(turns: readonly Turn[]): void {
  sessionStorage.setItem(key, JSON.stringify(turns))
}
