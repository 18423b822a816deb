import { final, type NamedScenario } from './named.ts'

/** Streams that would fill the memory of a reader without a bound. */
export const limits: readonly NamedScenario[] = [
  final(
    {
      name: 'line-unbounded',
      about: 'A line of 2 MiB against a bound of 1 MiB: the reader stops and says which bound.',
      source: 'undici #5552; 160 MiB of one line are swallowed by five of six clients',
    },
    [{ type: 'text', text: 'data: ' }, { type: 'fill', size: 2_097_152 }, { type: 'hang' }],
    'too-large',
    { options: { limits: { event: 1_048_576 } } },
  ),
  final(
    {
      name: 'gzip-bomb',
      about: '64 MiB in some 64 KiB of gzip: the bound is for decoded bytes.',
      source: 'GHSA-g9mf-h72j-4rw9, CVE-2026-1526',
    },
    [
      { type: 'gzip' },
      { type: 'text', text: 'data: ' },
      { type: 'fill', size: 67_108_864 },
      { type: 'hang' },
    ],
    'too-large',
    { options: { limits: { event: 1_048_576 } } },
  ),
  final(
    {
      name: 'many-lines-unbounded',
      about: 'Data lines without end in one event count together.',
      source: 'GHSA-vxpw-j846-p89q: bound bytes and counts',
    },
    [
      { type: 'repeat', times: 2048, steps: [{ type: 'text', text: `data: ${'x'.repeat(1018)}\n` }] },
      { type: 'hang' },
    ],
    'too-large',
    { options: { limits: { event: 1_048_576 } } },
  ),
]
