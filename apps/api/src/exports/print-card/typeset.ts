import { type Face, type Weight, faceFor } from './typefaces.js';

/** What is drawn as one letter, in the face that has it. */
export interface Letter {
  readonly text: string;
  readonly face: Face;
  /** Its width by the size of the font. */
  readonly ems: number;
}

/** Letters that one face draws. */
export type Run = Pick<Letter, 'text' | 'face'>;

// They choose between two pictures of one character, of which no font here has more than one.
const SELECTORS = /[\uFE0E\uFE0F]/gu;
// No card has room for more, in whichever size.
const LONGEST = 160;
// No script writes more into one letter; marks that are piled up beyond would be drawn over the codes.
const MOST_IN_LETTER = 16;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Finds a face for each letter of a line. What no font has is shown by its code point, such as U+05D0, and stands apart: that can be
 * looked up, and nobody takes it for the text.
 */
export async function typeset(text: string, weight: Weight): Promise<readonly Letter[]> {
  const line = plain(text);
  const shown: string[] = [];
  for (const grapheme of lettersIn(line)) {
    if (shown.length > LONGEST) break;
    if (await isDrawn(grapheme, weight, line)) shown.push(grapheme);
    else shown.push(' ', ...codesOf(grapheme), ' ');
  }
  const letters: Letter[] = [];
  for (const grapheme of spaced(shown).slice(0, LONGEST)) {
    const face = await faceFor(grapheme, weight, line);
    if (face === null)
      throw new Error(`No font has ${codesOf(grapheme)}; expected one for each letter that is shown.`);
    letters.push({
      text: grapheme,
      face,
      ems: face.font.layout(grapheme).advanceWidth / face.font.unitsPerEm,
    });
  }
  return letters;
}

async function isDrawn(grapheme: string, weight: Weight, line: string): Promise<boolean> {
  return [...grapheme].length <= MOST_IN_LETTER && (await faceFor(grapheme, weight, line)) !== null;
}

/** How wide letters are in points at a size. */
export function widthOf(letters: readonly Letter[], size: number): number {
  return letters.reduce((sum, { ems }) => sum + ems * size, 0);
}

/** As many letters as fit into a width in points, then `end` where some are left out. */
export function fitting(
  letters: readonly Letter[],
  size: number,
  width: number,
  end: readonly Letter[],
): readonly Letter[] {
  if (widthOf(letters, size) <= width) return letters;
  let room = width - widthOf(end, size);
  const kept = letters.slice(
    0,
    letters.findIndex(({ ems }) => (room -= ems * size) < 0),
  );
  const last = kept.findLastIndex(({ text }) => text !== ' ');
  return [...kept.slice(0, last + 1), ...end];
}

/** Letters side by side in one face are drawn at once, so that they are kerned and shaped. */
export function runsOf(letters: readonly Letter[]): readonly Run[] {
  const runs: { text: string; readonly face: Face }[] = [];
  for (const { text, face } of letters) {
    const last = runs.at(-1);
    if (last?.face === face) last.text += text;
    else runs.push({ text, face });
  }
  return runs;
}

const plain = (text: string): string =>
  text.normalize('NFC').replaceAll(SELECTORS, '').replaceAll(/\s+/gu, ' ').trim();

/** One space where several come together, and none at the ends. */
const spaced = (letters: readonly string[]): string[] => {
  const apart = letters.filter(
    (letter, index) => letter !== ' ' || (index > 0 && letters[index - 1] !== ' '),
  );
  return apart.at(-1) === ' ' ? apart.slice(0, -1) : apart;
};

const lettersIn = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

const codesOf = (grapheme: string): string =>
  [...grapheme]
    .slice(0, LONGEST)
    .map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
