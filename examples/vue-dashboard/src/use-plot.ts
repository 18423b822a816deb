import uPlot from 'uplot'
import { onBeforeUnmount, onMounted, watch, type ShallowRef } from 'vue'
import 'uplot/dist/uPlot.min.css'

const height = 150
const dark = matchMedia('(prefers-color-scheme: dark)')

/** A line over time in `place`, as wide as that, in a colour that is a CSS variable. */
export function usePlot(
  place: Readonly<ShallowRef<HTMLElement | null>>,
  series: () => readonly [readonly number[], readonly number[]],
  color: string,
): void {
  let plot: uPlot | null = null
  const draw = () => {
    const [times, values] = series()
    plot?.setData([[...times], [...values]])
  }
  const make = () => {
    if (place.value === null) return
    plot?.destroy()
    plot = new uPlot(optionsIn(place.value, color), undefined, place.value)
    draw()
  }
  const resized = new ResizeObserver(([entry]) => {
    if (entry !== undefined) plot?.setSize({ width: entry.contentRect.width, height })
  })

  onMounted(() => {
    make()
    if (place.value !== null) resized.observe(place.value)
    // A canvas knows nothing of CSS: other colours are another drawing.
    dark.addEventListener('change', make)
  })
  watch(series, draw)
  onBeforeUnmount(() => {
    dark.removeEventListener('change', make)
    resized.disconnect()
    plot?.destroy()
  })
}

function optionsIn(place: HTMLElement, name: string): uPlot.Options {
  const styles = getComputedStyle(place)
  const [color, quiet, line] = [name, '--quiet', '--line'].map((variable) => resolved(place, variable))
  const axis: uPlot.Axis = {
    stroke: quiet ?? '',
    grid: { stroke: line ?? '', width: 1 },
    ticks: { show: false },
    font: `12px ${styles.fontFamily}`,
  }
  return {
    width: place.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    // On the right, half a label of the last moment.
    padding: [12, 28, 0, 0],
    series: [{}, { stroke: color ?? '', width: 2, points: { show: false } }],
    axes: [
      { ...axis, space: 90, size: 28, values: (_, times) => times.map(clock) },
      { ...axis, size: 44, space: 36 },
    ],
  }
}

function clock(time: number): string {
  return new Date(time * 1000).toLocaleTimeString(undefined, { hour12: false })
}

/** `light-dark()` in a variable comes out as it was written; as the colour of an element it is one colour. */
function resolved(place: HTMLElement, variable: string): string {
  const probe = place.appendChild(document.createElement('i'))
  probe.style.color = `var(${variable})`
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
