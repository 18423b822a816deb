/**
 * What a server says, as text that a terminal may show: without what would move the cursor, change the title, or turn
 * the line around. Line ends, tabs, and what joins the parts of an emoji stay.
 */
export function printable(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '')
}
