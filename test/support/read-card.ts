import { PDFArray, PDFDocument, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib';
import { extractText, getDocumentProxy } from 'unpdf';
import { readCode } from './read-code.js';

/** What stands on a page, read by another library than the one that drew it. */
export interface CardRead {
  readonly pages: number;
  readonly size: { readonly width: number; readonly height: number };
  /** The lines as a reader of PDFs copies them out (pdf.js), in the order in which they are drawn. */
  readonly texts: readonly string[];
  /** What the codes on it say, from the top. */
  readonly codes: readonly (string | null)[];
  /** Everything in the file in the clear: its bytes, and its streams unpacked. */
  readonly plain: string;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export async function readCard(pdf: Uint8Array): Promise<CardRead> {
  const document = await PDFDocument.load(pdf, { throwOnInvalidObject: true, updateMetadata: false });
  const [page] = document.getPages();
  const streams = document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [unpacked(object)] : []));
  if (page === undefined) throw new Error('Expected a page.');
  const contents = page.node.Contents();
  const drawn =
    contents instanceof PDFArray
      ? contents.asArray().map((part) => document.context.lookup(part))
      : [contents];
  const content = drawn.map((stream) => (stream instanceof PDFRawStream ? unpacked(stream) : '')).join('\n');
  return {
    pages: document.getPageCount(),
    size: page.getSize(),
    texts: await textsIn(pdf),
    codes: codesIn(content),
    plain: [Buffer.from(pdf).toString('latin1'), ...streams].join('\n'),
  };
}

function unpacked(stream: PDFRawStream): string {
  return Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
}

async function textsIn(pdf: Uint8Array): Promise<string[]> {
  // Its reader takes over the bytes that it is given.
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(pdf)), { mergePages: false });
  return text.flatMap((page) => page.split('\n')).map((line) => line.normalize('NFC'));
}

/** Rectangles that are filled together are one code; its modules are as high as they are. */
function codesIn(content: string): (string | null)[] {
  const codes: { readonly top: number; readonly says: string | null }[] = [];
  let boxes: Box[] = [];
  for (const [, x, y, width, height, paint] of content.matchAll(
    /(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re|^(f|S|B|n)$/gm,
  )) {
    if (paint === undefined)
      boxes.push({ x: Number(x), y: Number(y), width: Number(width), height: Number(height) });
    else {
      if (paint === 'f' && boxes.length > 100) codes.push(codeOf(boxes));
      boxes = [];
    }
  }
  return codes.toSorted((left, right) => left.top - right.top).map(({ says }) => says);
}

function codeOf(boxes: readonly Box[]): { readonly top: number; readonly says: string | null } {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const unit = boxes[0]?.height ?? 1;
  const quiet = 4;
  const dark = new Set<string>();
  let size = 0;
  for (const { x, y, width } of boxes) {
    const [column, row] = [Math.round((x - left) / unit), Math.round((y - top) / unit)];
    for (let at = 0; at < Math.round(width / unit); at += 1)
      dark.add(`${String(column + at)} ${String(row)}`);
    size = Math.max(size, row + 1);
  }
  const says = readCode(size + 2 * quiet, (x, y) => dark.has(`${String(x - quiet)} ${String(y - quiet)}`));
  return { top, says };
}
