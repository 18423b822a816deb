import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright'

/** What axe finds wrong in a page as it stands, or cannot decide: names, roles, landmarks, contrast of text. */
export async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations, incomplete } = await page.evaluate(
    () => Reflect.get(globalThis, 'axe').run() as Promise<AxeResults>,
  )
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, any }) => `${id}: ${target.join(' ')} ${any.map(({ message }) => message).join('; ')}`,
    ),
  )
}

/** The contrast between two colours of a page, given as its CSS variables: from 1 to 21, as WCAG counts it. */
export function contrast(page: Page, one: string, other: string): Promise<number> {
  return page.evaluate(
    (variables) => {
      const [lighter = 0, darker = 0] = variables.map(luminance).toSorted((a, b) => b - a)
      return (lighter + 0.05) / (darker + 0.05)

      function luminance(variable: string): number {
        const probe = document.body.appendChild(document.createElement('i'))
        probe.style.color = `var(${variable})`
        const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(
          linear,
        )
        probe.remove()
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
      }
      function linear(channel: string): number {
        const share = Number(channel) / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      }
    },
    [one, other],
  )
}

/** Light and dark, on a phone and on a desk. */
export const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [360, 1100].map((width) => ({ colorScheme, viewport: { width, height: 800 } })),
)
