import { useState, type KeyboardEvent } from 'react'

/** Where to go on typing when a button that had the focus goes away. */
export const focusPrompt = () => document.getElementById('prompt')?.focus()

/** Enter sends, Shift+Enter begins a new line. */
export function Composer({ onSend }: { onSend: (prompt: string) => void }) {
  const [text, setText] = useState('')
  const send = () => {
    if (text.trim() === '') return
    onSend(text.trim())
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      className="composer"
      aria-label="Ask"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label htmlFor="prompt">Your question</label>
      <textarea
        id="prompt"
        rows={1}
        value={text}
        placeholder="What is a millrace?"
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button disabled={text.trim() === ''}>Send</button>
    </form>
  )
}
