import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { Answer } from './answer.tsx'
import { Composer, focusPrompt } from './composer.tsx'
import { loadTurns, newTurn, saveTurns, type Turn } from './turns.ts'

export function App() {
  const [turns, setTurns] = useState(loadTurns)
  const end = useRef<HTMLDivElement>(null)

  const keep = useCallback((changed: Turn) => {
    setTurns((all) => {
      const now = all.map((turn) => (turn.id === changed.id ? changed : turn))
      saveTurns(now)
      return now
    })
  }, [])
  const startAnew = () => {
    saveTurns([])
    setTurns([])
    focusPrompt()
  }
  // Follows the text, unless the reader has scrolled up.
  useLayoutEffect(() => {
    const { scrollHeight, clientHeight, scrollTop } = document.documentElement
    if (scrollHeight - clientHeight - scrollTop < 120) end.current?.scrollIntoView({ block: 'end' })
  }, [turns])

  return (
    <>
      <header className="top">
        <h1>Ask the miller</h1>
        <p>Answers over POST. Cut the connection, reload the page: nothing is lost.</p>
        <button disabled={turns.length === 0} onClick={startAnew}>
          New chat
        </button>
      </header>
      <main>
        {turns.length === 0 && <Welcome onAsk={(prompt) => (setTurns([newTurn(prompt)]), focusPrompt())} />}
        {turns.map((turn) => (
          <Answer key={turn.id} turn={turn} onChange={keep} />
        ))}
        <div ref={end} className="end" />
      </main>
      <Composer onSend={(prompt) => setTurns((all) => [...all, newTurn(prompt)])} />
    </>
  )
}

const suggestions = ['What is a millrace?', 'How much power does a wheel give?']

function Welcome({ onAsk }: { onAsk: (prompt: string) => void }) {
  return (
    <section className="welcome" aria-label="Suggestions">
      <p>Ask, then pull the plug in the middle of the answer.</p>
      {suggestions.map((prompt) => (
        <button key={prompt} onClick={() => onAsk(prompt)}>
          {prompt}
        </button>
      ))}
    </section>
  )
}
