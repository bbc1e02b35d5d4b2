import { describe, expect, it } from '@jest/globals';
import { printable, printableJson } from './printable.js';

describe('what somebody else wrote', () => {
  it.each([
    ['a colour', '\u001b[31mred', String.raw`\u{1b}[31mred`],
    ['a command of eight bits', '\u009b2J', String.raw`\u{9b}2J`],
    ['a new line', 'a\nGENUINE', String.raw`a\u{a}GENUINE`],
    ['a turn of direction', 'a\u202eb', String.raw`a\u{202e}b`],
    ['what is not seen', 'a\u200bb\ufeff', String.raw`a\u{200b}b\u{feff}`],
    ['a separator of lines', 'a\u2028b', String.raw`a\u{2028}b`],
  ])('is shown as text when it is %s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('is shown as it is when it is plain, in any script', () => {
    expect(printable('Größe 7, 蒼鷺, ציפור 🐦')).toBe('Größe 7, 蒼鷺, ציפור 🐦');
  });

  it('parses to the same value as JSON, and holds nothing that acts', () => {
    const value = { 'a\u202e': ['\u001b[2J', '\u009b', '\u2028', '🐦', 'line\nbreak', '\u{e0001}'] };
    const text = printableJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
