/** One line that is rewritten on a terminal, and silent where there is none. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[2K${text}`)
}

export function endProgress(): void {
  showProgress('')
}
