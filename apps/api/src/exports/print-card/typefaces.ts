import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Font, create } from 'fontkit';
import subsetFont from 'subset-font';

/** How heavy letters are, by the OpenType scale. */
export type Weight = 400 | 700;

/** A font of one weight for some range of characters, as a PDF can embed it. */
export interface Face {
  readonly name: string;
  readonly bytes: Buffer;
  readonly font: Font;
}

/** One file of a family: variable in weight, and for some characters alone, so that nobody loads a script that he does not print. */
interface Slice {
  readonly path: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

// SIL Open Font License 1.1.
const NOTO = '@fontsource-variable/noto-sans';
const HAN = { jp: `${NOTO}-jp`, kr: `${NOTO}-kr`, sc: `${NOTO}-sc` } as const;
// A face takes some 30 kB; a card needs two, and one more for each script of its title.
const MOST_KEPT = 64;

// Controls and fillers: fonts have an empty glyph for some, and those of direction would turn what follows. Joiners shape letters.
const UNSEEN = /(?![\u200C\u200D])[\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

const { resolve } = createRequire(import.meta.url);
const families = new Map<string, readonly Slice[]>();
const kept = new Map<string, Promise<Face>>();

/**
 * The face that has all characters of one grapheme, or null when no font has. `text` is what it stands in: the same Han character is
 * drawn otherwise in Japan, Korea and China.
 */
export async function faceFor(grapheme: string, weight: Weight, text: string): Promise<Face | null> {
  if (UNSEEN.test(grapheme)) return null;
  const codes = [...grapheme].map((character) => character.codePointAt(0) ?? 0);
  for (const family of familiesFor(text))
    for (const slice of slicesOf(family)) {
      if (!codes.every((code) => slice.ranges.some(([from, to]) => from <= code && code <= to))) continue;
      const face = await faceOf(slice, weight);
      if (codes.every((code) => face.font.hasGlyphForCodePoint(code))) return face;
    }
  return null;
}

function familiesFor(text: string): readonly string[] {
  const { jp, kr, sc } = HAN;
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return [NOTO, jp, sc, kr];
  return /\p{Script=Hangul}/u.test(text) ? [NOTO, kr, sc, jp] : [NOTO, sc, jp, kr];
}

/** The files of a family, that of plain Latin first, with the characters that its maker says are in each. */
function slicesOf(family: string): readonly Slice[] {
  const known = families.get(family);
  if (known !== undefined) return known;
  const listed = JSON.parse(readFileSync(resolve(`${family}/unicode.json`), 'utf8')) as Record<
    string,
    string
  >;
  const name = family.slice(family.indexOf('/') + 1);
  const slices = Object.entries(listed)
    .toSorted(([left], [right]) => Number(right === 'latin') - Number(left === 'latin'))
    .map(([key, ranges]) => ({
      path: resolve(`${family}/files/${name}-${key.replace(/^\[(.*)\]$/, '$1')}-wght-normal.woff2`),
      ranges: ranges.split(',').map(rangeIn),
    }));
  families.set(family, slices);
  return slices;
}

/** `U+0400-045F` or `U+2116`. */
function rangeIn(text: string): readonly [number, number] {
  const [from = '', to = from] = text.trim().slice(2).split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

/** Keeps what was made last: a press run is of one work, so all its cards need the same. */
function faceOf(slice: Slice, weight: Weight): Promise<Face> {
  const name = `${slice.path}#${String(weight)}`;
  const made = kept.get(name) ?? makeFace(name, slice, weight);
  kept.delete(name);
  kept.set(name, made);
  // A file that could not be read is read again for the next card.
  made.catch(() => kept.delete(name));
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return made;
}

/** One weight out of a variable font: PDF has no variable fonts, and what draws the PDF writes WOFF2 wrongly. */
async function makeFace(name: string, { path, ranges }: Slice, weight: Weight): Promise<Face> {
  const characters = ranges.map(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join(''),
  );
  const bytes = await subsetFont(await readFile(path), characters.join(''), {
    targetFormat: 'truetype',
    variationAxes: { wght: weight },
  });
  const font = create(bytes);
  if (!('layout' in font)) throw new Error(`${path} holds several fonts; expected one. Install it anew.`);
  return { name, bytes, font };
}
