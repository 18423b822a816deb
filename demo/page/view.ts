import type { Observation } from '@millrace/client'
import type { Tally } from '../tally.ts'

export interface Facts extends Tally {
  readonly cuts: number
  readonly firstText: number | undefined
  /** Undefined while the answer is on its way. */
  readonly outcome: string | undefined
}

export interface View {
  begin(onCut: () => void): void
  status(type: Observation['type'], phrase: string): void
  token(text: string, number: number, connection: number): void
  facts(facts: Facts): void
  failed(message: string): void
  end(onAgain: () => void): void
}

/** Everything that touches the document. */
export function view(question: string, tokens: number): View {
  const answer = element('answer')
  const status = element('status')
  const dot = element('dot')
  const strip = element('strip')
  const list = element('facts')
  const cut = button('cut')
  const again = button('again')
  element('question').textContent = question
  let lastConnection = 0
  let onCut: (() => void) | undefined
  let onAgain: (() => void) | undefined
  cut.addEventListener('click', () => enabled(cut) && onCut?.())
  again.addEventListener('click', () => {
    if (!enabled(again)) return
    enable(again, false)
    onAgain?.()
  })

  return {
    begin(cutThis) {
      onCut = cutThis
      answer.textContent = ''
      strip.replaceChildren(...Array.from({ length: tokens }, () => document.createElement('i')))
      lastConnection = 0
    },
    status(type, phrase) {
      if (phrase !== '') status.textContent = phrase
      if (type === 'open' || type === 'scheduled')
        dot.className = `dot ${type === 'open' ? 'open' : 'waiting'}`
      if (type === 'open' || type === 'scheduled') enable(cut, type === 'open')
    },
    token(text, number, connection) {
      answer.append(text)
      const mark = strip.children[number - 1]
      if (!(mark instanceof HTMLElement)) return
      mark.classList.add('come')
      mark.classList.toggle('cut', connection !== lastConnection)
      mark.style.setProperty('--connection', String(connection))
      lastConnection = connection
    },
    facts({ sent, received, lost, duplicated, cuts, firstText, outcome }) {
      const atEnd = (count: number) => (outcome === undefined ? '…' : count)
      const rows: readonly (readonly [string, string | number])[] = [
        ['sent', atEnd(sent)],
        ['received', received],
        ['lost', atEnd(lost)],
        ['duplicated', duplicated],
        ['cuts survived', cuts],
        ['first token', firstText === undefined ? '…' : `${firstText.toFixed(0)} ms`],
        ['outcome', outcome ?? '…'],
      ]
      list.replaceChildren(...rows.map(([name, value]) => fact(name, String(value))))
    },
    failed(message) {
      status.textContent = message
      dot.className = 'dot failed'
    },
    end(askAgain) {
      onAgain = askAgain
      if (!dot.classList.contains('failed')) {
        status.textContent = 'done'
        dot.className = 'dot'
      }
      enable(cut, false)
      enable(again, true)
    },
  }
}

function fact(name: string, value: string): HTMLElement {
  const box = document.createElement('div')
  const term = document.createElement('dt')
  const definition = document.createElement('dd')
  term.textContent = name
  definition.textContent = value
  box.append(term, definition)
  return box
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new TypeError(`The page has no #${id}`)
  return found
}

/** By its role, not by `disabled`, which would take the focus from whoever has just pressed it by keyboard. */
function enable(button: HTMLButtonElement, on: boolean): void {
  button.ariaDisabled = String(!on)
}

const enabled = (button: HTMLButtonElement): boolean => button.ariaDisabled !== 'true'

function button(id: string): HTMLButtonElement {
  const found = element(id)
  if (!(found instanceof HTMLButtonElement)) throw new TypeError(`#${id} is no button`)
  return found
}
