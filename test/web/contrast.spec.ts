import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const styles = new URL('../../apps/web/src/lib/styles/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, styles), 'utf8');

type Colour = readonly [number, number, number];
type Tokens = ReadonlyMap<string, Colour>;

function coloursIn(css: string): [string, Colour][] {
  return [...css.matchAll(/--([\w-]+):\s*#([0-9a-f]{6});/g)].map(([, name = '', hex = '']) => {
    const value = Number.parseInt(hex, 16);
    return [name, [value >> 16, (value >> 8) & 255, value & 255]];
  });
}

const [lightCss = '', darkCss = ''] = read('tokens.css').split('@media (prefers-color-scheme: dark)');
const themes: Readonly<Record<string, Tokens>> = {
  light: new Map(coloursIn(lightCss)),
  dark: new Map([...coloursIn(lightCss), ...coloursIn(darkCss)]),
};

function colour(tokens: Tokens, name: string): Colour {
  const found = tokens.get(name);
  if (found === undefined) throw new Error(`Expected a colour --${name} in tokens.css, got none.`);
  return found;
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them (sRGB, 1 to 21). */
function luminance(rgb: Colour): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** A colour at this opacity over another. */
function over(top: Colour, below: Colour, opacity: number): Colour {
  const mix = (part: 0 | 1 | 2): number => top[part] * opacity + below[part] * (1 - opacity);
  return [mix(0), mix(1), mix(2)];
}

describe('the colours, by WCAG 2.2 AA', () => {
  it('measure as the standard does', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.478, 2);
  });

  describe.each(['light', 'dark'])('%s', (name) => {
    const tokens = themes[name] ?? new Map<string, Colour>();
    const ratio = (front: string, back: string): number =>
      contrast(colour(tokens, front), colour(tokens, back));

    // 1.4.3: text of any size here, so that no page has to count its pixels.
    it.each([
      ['ink', 'paper'],
      ['ink', 'tint'],
      ['pewter-text', 'paper'],
      ['pewter-text', 'tint'],
      ['blue', 'paper'],
      ['blue', 'tint'],
      ['on-blue', 'blue'],
      ['red', 'paper'],
      ['ink', 'blue-tint'],
      ['ink', 'heat-1'],
      ['ink', 'heat-2'],
      ['on-heat', 'heat-3'],
      ['on-heat', 'heat-4'],
      ['on-heat', 'heat-5'],
    ])('the text %s on %s has at least 4.5', (front, back) => {
      expect(ratio(front, back)).toBeGreaterThanOrEqual(4.5);
    });

    // 1.4.11: what has to be seen to find a control or to tell a state.
    it.each([
      ['pewter', 'paper'],
      ['blue', 'paper'],
      ['blue', 'tint'],
      ['blue', 'blue-tint'],
      ['blue', 'blue-wash'],
      ['red', 'paper'],
    ])('the line or area %s beside %s has at least 3', (front, back) => {
      expect(ratio(front, back)).toBeGreaterThanOrEqual(3);
    });

    it('a button under the pointer keeps its words readable', () => {
      const opacity = Number(/button:hover[^}]*opacity:\s*([\d.]+)/s.exec(read('forms.css'))?.[1]);
      const paper = colour(tokens, 'paper');
      const [words, area] = [colour(tokens, 'on-blue'), colour(tokens, 'blue')];
      expect(contrast(over(words, paper, opacity), over(area, paper, opacity))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(over(area, paper, opacity), paper)).toBeGreaterThanOrEqual(4.5);
    });
  });
});
