import { describe, expect, it } from '@jest/globals';
import { drawCard } from '../../../apps/api/src/exports/print-card/draw-card.js';
import { typeset } from '../../../apps/api/src/exports/print-card/typeset.js';
import { type CardRead, readCard } from '../../support/read-card.js';

const making = { makers: [], makersWithheld: 0, events: [], eventsWithheld: 0 };
const piece = {
  ...{ serial: 16_777_215, size: null, gtin: null, sku: null, materials: null, domain: null, passedAt: null },
  ...{ stations: [], tokenId: '1', making, coop: null },
};

async function drawn(
  title: string,
  coop: string | null = null,
): Promise<CardRead & { readonly bytes: number }> {
  const pdf = await drawCard({
    piece: { ...piece, title, coop },
    page: 'https://a.example/01/04012345000016/21/7',
    sealed: `https://a.example/claim#/01/04012345000016/21/7/${'ab'.repeat(32)}`,
  });
  return { ...(await readCard(pdf)), bytes: pdf.length };
}

describe('the words on a card', () => {
  it.each([
    ['Latin', 'Łódź, Þórr & “ŒUVRE” ffi №'],
    ['Vietnamese', 'Tiếng Việt ở đây'],
    ['Greek', 'Νυχτερινό λιμάνι ἀρχή'],
    ['Cyrillic', 'Ночная гавань Ґ ї Ѣ'],
    ['Japanese', '夜の港 ナイト'],
    ['Chinese', '夜港 漢字 汉字'],
    ['Korean', '밤의 항구'],
    ['several at once', 'Harbour 港 Ночь 항 No. 7'],
  ])('are the title in %s, letter by letter', async (_, title) => {
    const { texts, bytes, codes } = await drawn(title);
    expect(texts).toContain(title.normalize('NFC'));
    expect(bytes).toBeLessThan(60_000);
    expect(codes).not.toContain(null);
  });

  it('are shaped where letters join, as in Devanagari', async () => {
    const { texts } = await drawn('हिन्दी');
    // What is copied out of a PDF has vowel signs in the order in which they are drawn.
    expect([...(texts[1] ?? '')].toSorted()).toEqual([...'हिन्दी'].toSorted());
  });

  it.each([
    ['Tea 🍵 bowl', 'Tea U+1F375 bowl'],
    ['שלום', 'U+05E9 U+05DC U+05D5 U+05DD'],
    ['a\u0000b', 'a U+0000 b'],
    ['  two\n\tlines ', 'two lines'],
    ['a\u202Eb', 'a U+202E b'],
    ['❤️', 'U+2764'],
    ['a\u00ADb\u3164', 'a U+00AD b U+3164'],
    ['a\u200B\u093Fb', 'a U+200B ि◌b'],
    ['a\u200B\u3099', 'a U+200B ゙'],
    ['', ''],
  ])('show what no font has by its code point: %j', async (title, shown) => {
    const { texts } = await drawn(title, 'Café Ünïted');
    expect(texts).toEqual(expect.arrayContaining(['Café Ünïted']));
    if (shown !== '') expect(texts).toContain(shown);
    expect(texts.join('')).not.toContain('?');
  });

  it.each([
    ['one letter', `a${'\u0323'.repeat(199)}`],
    ['many', Array.from({ length: 100 }, () => `b${'\u0315'.repeat(79)}`).join(', ')],
  ])('are no heap of marks that is drawn over the codes: %s', async (_, title) => {
    const letters = await typeset(title, 400);
    expect(Math.max(...letters.map(({ text }) => [...text].length))).toBeLessThanOrEqual(16);
    expect(letters.length).toBeLessThanOrEqual(160);
    const { texts } = await drawn(title);
    expect(texts[1]).toMatch(/^U[+](1EA1|0062) U[+]03(23|15) .*…$/);
  });

  it.each(['long ', '夜'])('are cut where the card ends: %j', async (word) => {
    const { texts, bytes } = await drawn(word.repeat(400));
    const cut = texts.find((line) => line.endsWith('…')) ?? '';
    expect(word.repeat(400).startsWith(cut.slice(0, -1))).toBe(true);
    expect(cut.length).toBeGreaterThan(20);
    expect(cut).not.toContain(' …');
    expect(bytes).toBeLessThan(60_000);
  });
});
