import { type Piece, nameOf } from '@touchmark/certificate-exports';
import PDFDocument from 'pdfkit';
import { codeModules } from '../printed-code.js';
import { type Face, type Weight, faceFor } from './typefaces.js';
import { type Letter, fitting, runsOf, typeset, widthOf } from './typeset.js';

/** What a card shows. */
export interface Card {
  readonly piece: Piece;
  /** The printed link, for everybody. */
  readonly page: string;
  /** The address with the key in its fragment, for whoever owns the piece; it is drawn as a code and nothing else. */
  readonly sealed: string;
}

// A6 in points, 72 to the inch.
const [WIDTH, HEIGHT, MARGIN] = [297.64, 419.53, 24];
const TEXT = WIDTH - 2 * MARGIN;
const CODE = 84;
// Scratch labels come in 40 by 40 mm.
const LABEL = 113.4;
const SEALED_TOP = HEIGHT - MARGIN - LABEL - 14;
// What stands above the line of capitals, by the size of the font.
const CAPITALS = 0.714;

type Pdf = PDFKit.PDFDocument;

/** Draws the card of a piece as a PDF of one A6 page. */
export async function drawCard({ piece, page, sealed }: Card): Promise<Buffer> {
  const document = new PDFDocument({
    size: [WIDTH, HEIGHT],
    margin: 0,
    info: { Title: nameOf(piece), Creator: 'Touchmark', Producer: 'Touchmark' },
  });
  const bytes = collected(document);
  const title = await typeset(piece.title ?? 'Untitled', 700);
  const makers = piece.making.makers.map(({ name }) => name).join(', ');
  await drawLine(document, 'CERTIFICATE OF ONE PIECE', 7, MARGIN);
  await drawLetters(document, title, sizeOfTitle(title), MARGIN + 16);
  await drawLine(document, nameOf({ ...piece, title: null }), 13, MARGIN + 40);
  await drawLine(document, piece.coop ?? '', 9, MARGIN + 60);
  await drawLine(document, makers, 9, MARGIN + 73);
  drawCode(document, page, MARGIN, 120, CODE);
  await drawBeside(
    document,
    'Scan this to see whether the piece is genuine, who made it and how. It says nothing about who owns it.',
    { left: MARGIN + CODE + 12, top: 126 },
  );
  document
    .moveTo(MARGIN, 222)
    .lineTo(WIDTH - MARGIN, 222)
    .lineWidth(0.5)
    .stroke('#888');
  await drawSealed(document, sealed);
  document.end();
  return bytes;
}

async function drawSealed(document: Pdf, sealed: string): Promise<void> {
  const top = SEALED_TOP;
  document.lineWidth(0.5).dash(2, { space: 2 }).rect(MARGIN, top, LABEL, LABEL).stroke('#888').undash();
  drawCode(document, sealed, MARGIN + 4, top + 4, LABEL - 8);
  const left = MARGIN + LABEL + 12;
  document.fillColor('#000');
  await drawLetters(document, await typeset('The key of this piece', 700), 9, top + 3, left);
  await drawBeside(
    document,
    'Scratch only when the piece is yours: whoever scans the code under the label first can claim its receipt. ' +
      'A field that is scratched already is worth nothing.',
    { left, top: top + 16 },
  );
  document.fillColor('#555');
  await drawLine(
    document,
    'Workshop: cover this field with a scratch label before the card leaves the table.',
    6,
    top + LABEL + 6,
  );
}

async function drawLine(document: Pdf, text: string, size: number, top: number): Promise<void> {
  await drawLetters(document, await typeset(text, 400), size, top);
}

/** As much of a line as the card is wide, its capitals from `top` on. */
async function drawLetters(
  document: Pdf,
  letters: readonly Letter[],
  size: number,
  top: number,
  left = MARGIN,
): Promise<void> {
  const end = await typeset('…', 400);
  let x = left;
  for (const { text, face } of runsOf(fitting(letters, size, WIDTH - MARGIN - left, end))) {
    take(document, face).fontSize(size);
    document.text(text, x, top + CAPITALS * size, { lineBreak: false, baseline: 'alphabetic' });
    x += document.widthOfString(text);
  }
}

/** Our own words, in lines down to the edge of the card. */
async function drawBeside(
  document: Pdf,
  words: string,
  at: { readonly left: number; readonly top: number },
): Promise<void> {
  take(document, await plainFace(400)).fontSize(8);
  document.text(words, at.left, at.top, { width: WIDTH - MARGIN - at.left, lineGap: -0.7 });
}

async function plainFace(weight: Weight): Promise<Face> {
  const face = await faceFor('A', weight, '');
  if (face === null) throw new Error('No font has the letter A; expected one. Install the packages anew.');
  return face;
}

/** Each face is embedded once, with the letters that the card shows. */
function take(document: Pdf, { name, bytes }: Face): Pdf {
  return document.registerFont(name, bytes).font(name);
}

/** Modules as rectangles, one for each run in a row; the quiet zone is part of the side. */
function drawCode(document: Pdf, address: string, left: number, top: number, side: number): void {
  const rows = codeModules(address);
  const unit = side / rows.length;
  for (const [y, row] of rows.entries())
    for (const { from, count } of runsIn(row))
      document.rect(left + from * unit, top + y * unit, count * unit, unit);
  document.fill('#000');
}

function runsIn(row: readonly boolean[]): { readonly from: number; readonly count: number }[] {
  const runs: { from: number; count: number }[] = [];
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1);
    if (dark && last !== undefined && last.from + last.count === x) last.count += 1;
    else if (dark) runs.push({ from: x, count: 1 });
  }
  return runs;
}

/** Points of the title: a long one is set smaller before it is cut. */
function sizeOfTitle(title: readonly Letter[]): number {
  return [17, 15, 13, 11].find((size) => widthOf(title, size) <= TEXT) ?? 11;
}

function collected(document: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('error', reject);
    document.on('end', () => {
      resolve(Buffer.concat(parts));
    });
  });
}
