import { encodeQR } from 'qr';

// Scratched, smudged or bent: a quarter of the code may be lost (GS1 asks for medium at least).
const CODE = { ecc: 'quartile', encoding: 'byte' } as const;

/** The QR code of an address as rows of dark (true) and light modules, with the quiet zone of four that the standard asks for. */
export function codeModules(address: string): boolean[][] {
  return encodeQR(address, 'raw', { ...CODE, border: 4 });
}

/** The same as SVG, one unit a module, black on white. */
export function codePicture(address: string): string {
  const rows = codeModules(address);
  const size = String(rows.length);
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])))
    .join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`
  );
}
