import type { MenuEntries, MenuEntry } from '../../kit/Menu';
import { bandTypes, isCut } from './eqCurve';
import type { Values } from './handles';

const typeNames: readonly string[] = [
  'Bell',
  'Low shelf',
  'High shelf',
  'Low cut',
  'High cut',
  'Notch',
  'Tilt',
];
const slopes = [6, 12, 18, 24, 30, 36, 42, 48];

type Set = (label: string, values: Values) => void;

const slopeEntries = (param: string, now: number, name: string, set: Set): MenuEntry[] =>
  slopes.map((slope, choice) => ({
    label: `${slope} dB per octave`,
    checked: now === choice,
    run: () => set(`${name} slope`, { [param]: choice }),
  }));

/** Type and slope of a point of the equaliser. */
export function eqMenu(handleId: string, values: Values, set: Set): MenuEntries {
  if (handleId === 'low' || handleId === 'high') {
    const name = handleId === 'low' ? 'Low cut' : 'High cut';
    const id = handleId === 'low' ? 'cut.lowCut' : 'cut.highCut';
    const on = values[`${id}On`] !== 0;
    return [
      ...slopeEntries(`${id}Slope`, values[`${id}Slope`] ?? 1, name, (label, changed) =>
        set(label, { ...changed, [`${id}On`]: 1 }),
      ),
      { kind: 'line' },
      {
        label: on ? 'Turn off' : 'Turn on',
        run: () => set(name, { [`${id}On`]: on ? 0 : 1 }),
      },
    ];
  }
  const name = `EQ band ${handleId.slice(4)}`;
  const type = values[`${handleId}.type`] ?? 0;
  const cut = isCut(bandTypes[type] ?? 'bell');
  return [
    ...typeNames.map(
      (label, choice): MenuEntry => ({
        label,
        checked: choice === type,
        run: () => set(`${name} type`, { [`${handleId}.type`]: choice }),
      }),
    ),
    { kind: 'line' },
    ...(cut
      ? [
          {
            kind: 'submenu' as const,
            label: 'Slope',
            entries: slopeEntries(`${handleId}.slope`, values[`${handleId}.slope`] ?? 1, name, set),
          },
          { kind: 'line' as const },
        ]
      : []),
    {
      label: 'Gain to 0 dB',
      icon: 'rotate-ccw',
      run: () => set(`Reset ${name}`, { [`${handleId}.gainDb`]: 0 }),
    },
    {
      label: 'Turn off',
      icon: 'trash',
      keys: 'Del',
      danger: true,
      run: () => set(`Remove ${name}`, { [`${handleId}.on`]: 0 }),
    },
  ];
}
