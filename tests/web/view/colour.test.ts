import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mixColours } from '../../../web/src/view/kit/colour';

const css = readFileSync(new URL('../../../web/src/view/kit/tokens.css', import.meta.url), 'utf8');
const themes = {
  dark: css.slice(css.indexOf('[data-theme="dark"]'), css.indexOf('[data-theme="light"]')),
  light: css.slice(css.indexOf('[data-theme="light"]')),
};

/** Contrast ratio by WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
    const [r, g, bl] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * (r as number) + 0.7152 * (g as number) + 0.0722 * (bl as number);
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high as number) + 0.05) / ((low as number) + 0.05);
}

describe.each(['dark', 'light'] as const)('%s theme', (theme) => {
  const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(themes[theme])?.[1] ?? '';
  const share = (name: string) => Number(new RegExp(`--${name}: (\\d+)%`).exec(themes[theme])?.[1]) / 100;
  const surfaces = ['well', 'panel', 'raised', 'control', 'control-hover'];

  it('has text of 4.5 : 1 on every surface', () => {
    for (const text of ['text', 'text-2', 'text-3', 'ok-text', 'warn-text', 'bad-text'])
      for (const surface of surfaces)
        expect(contrast(token(text), token(surface)), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
  });

  it('has text of 4.5 : 1 on what is lit', () => {
    for (const [text, ground] of [
      ['on-accent', 'accent'],
      ['on-warn', 'warn'],
      ['on-bad', 'bad'],
    ] as const)
      expect(contrast(token(text), token(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  it('has names of clips of 4.5 : 1 on their plates, plain and selected', () => {
    const mix = theme === 'dark' ? 0.35 : 0.12;
    for (const colour of ['coral', 'apricot', 'ochre', 'sage', 'jade', 'sky', 'violet', 'mauve', 'slate']) {
      const name = mixColours(token(`tk-${colour}`), token('text'), mix);
      for (const fill of ['clip-fill', 'clip-fill-sel']) {
        const plate = mixColours(token(`tk-${colour}`), token('well'), share(fill));
        expect(contrast(name, plate), `${colour} on ${fill}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('has outlines of controls of 3 : 1', () => {
    for (const surface of ['well', 'panel', 'raised'])
      expect(contrast(token('line-control'), token(surface)), surface).toBeGreaterThanOrEqual(3);
  });
});

describe('mixing in OKLab', () => {
  it('gives the ends at the ends', () => {
    expect(mixColours('#ef8076', '#0d0e11', 1)).toBe('#ef8076');
    expect(mixColours('#ef8076', '#0d0e11', 0)).toBe('#0d0e11');
  });

  // Measured in Chromium: color-mix(in oklab, FIRST SHARE, SECOND) drawn on a canvas.
  it.each([
    ['#ef8076', '#0d0e11', 0.2, '#332323'],
    ['#4fcbf8', '#ebedef', 0.35, '#bce2f3'],
    ['#876903', '#e4e6ea', 0.38, '#c0b69c'],
  ])('agrees with the browser: %s in %s', (first, second, share, mixed) => {
    expect(mixColours(first, second, share)).toBe(mixed);
  });
});
