import { type Piece, nameOf } from '@touchmark/certificate-exports';
import PDFDocument from 'pdfkit';
import { codeModules } from '../printed-code.js';
import { printable } from './printable.js';

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
const LONGEST = 90;

/** Draws the card of a piece as a PDF of one A6 page. */
export function drawCard({ piece, page, sealed }: Card): Promise<Buffer> {
  const title = printable(piece.title ?? 'Untitled');
  const document = new PDFDocument({
    size: [WIDTH, HEIGHT],
    margin: 0,
    info: { Title: printable(nameOf(piece)), Creator: 'Touchmark', Producer: 'Touchmark' },
  });
  const bytes = collected(document);
  const line = (
    text: string,
    size: number,
    y: number,
    font: 'Helvetica' | 'Helvetica-Bold' = 'Helvetica',
  ): void => {
    document
      .font(font)
      .fontSize(size)
      .text(fitting(document, text, TEXT), MARGIN, y, { lineBreak: false });
  };
  line('CERTIFICATE OF ONE PIECE', 7, MARGIN);
  line(title.slice(0, LONGEST), titleSize(document, title), MARGIN + 16, 'Helvetica-Bold');
  line(printable(nameOf({ ...piece, title: null })), 13, MARGIN + 40);
  line(printable(piece.coop ?? ''), 9, MARGIN + 60);
  line(printable(piece.making.makers.map(({ name }) => name).join(', ')), 9, MARGIN + 73);
  drawCode(document, page, MARGIN, 120, CODE);
  const beside = { width: TEXT - CODE - 12, lineGap: 1 };
  document.font('Helvetica').fontSize(8);
  document.text(
    'Scan this to see whether the piece is genuine, who made it and how. It says nothing about who owns it.',
    MARGIN + CODE + 12,
    128,
    beside,
  );
  document
    .moveTo(MARGIN, 222)
    .lineTo(WIDTH - MARGIN, 222)
    .lineWidth(0.5)
    .stroke('#888');
  drawSealed(document, sealed);
  document.end();
  return bytes;
}

function drawSealed(document: PDFKit.PDFDocument, sealed: string): void {
  const top = SEALED_TOP;
  document.lineWidth(0.5).dash(2, { space: 2 }).rect(MARGIN, top, LABEL, LABEL).stroke('#888').undash();
  drawCode(document, sealed, MARGIN + 4, top + 4, LABEL - 8);
  const beside = { width: TEXT - LABEL - 12, lineGap: 1 };
  document.fillColor('#000').font('Helvetica-Bold').fontSize(9);
  document.text('The key of this piece', MARGIN + LABEL + 12, top + 2, beside);
  document.font('Helvetica').fontSize(8);
  document.text(
    'Scratch only when the piece is yours: whoever scans the code under the label first can claim its receipt. ' +
      'A field that is scratched already is worth nothing.',
    MARGIN + LABEL + 12,
    top + 18,
    beside,
  );
  document.fillColor('#555').fontSize(6);
  document.text(
    'Workshop: cover this field with a scratch label before the card leaves the table.',
    MARGIN,
    top + LABEL + 5,
    {
      lineBreak: false,
    },
  );
}

/** Modules as rectangles, one for each run in a row; the quiet zone is part of the side. */
function drawCode(
  document: PDFKit.PDFDocument,
  address: string,
  left: number,
  top: number,
  side: number,
): void {
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
function titleSize(document: PDFKit.PDFDocument, title: string): number {
  const sizes = [17, 15, 13, 11];
  document.font('Helvetica-Bold');
  return sizes.find((size) => document.fontSize(size).widthOfString(title) <= TEXT) ?? 11;
}

/** As much of a line as fits into `width`. */
function fitting(document: PDFKit.PDFDocument, text: string, width: number): string {
  if (document.widthOfString(text) <= width) return text;
  let kept = text;
  while (kept !== '' && document.widthOfString(`${kept}…`) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('error', reject);
    document.on('end', () => {
      resolve(Buffer.concat(parts));
    });
  });
}
