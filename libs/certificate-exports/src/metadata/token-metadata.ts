import { type Piece, nameOf } from '../piece.js';

/** What wallets show of a token: the ERC-721 Metadata JSON (EIP-721), with the attributes that marketplaces read. */
export interface TokenMetadata {
  readonly name: string;
  readonly description: string;
  /** The address of a picture. */
  readonly image: string;
  /** The printed link, where the token can be checked. */
  readonly external_url: string;
  readonly attributes: readonly { readonly trait_type: string; readonly value: string | number }[];
}

/** Writes the metadata of a token; display only, since no verdict reads it. */
export function tokenMetadata(
  piece: Piece,
  links: { readonly page: string; readonly image: string },
): TokenMetadata {
  const { coop, materials, serial, size, passedAt, making } = piece;
  const by = coop === null ? '' : ` Made at ${coop}.`;
  const traits: [string, string | number | null][] = [
    ['Number', serial],
    ['Edition size', size],
    ['Co-op', coop],
    ['Materials', materials],
    ['Passed on', passedAt?.toISOString().slice(0, 10) ?? null],
    ...making.makers.map(({ name }): [string, string] => ['Maker', name]),
  ];
  return {
    name: nameOf(piece),
    description:
      `The claimed receipt of one physical piece.${by} ` +
      `A token shows that the piece's sealed key was opened; whether a piece is genuine is told at ${links.page}`,
    image: links.image,
    external_url: links.page,
    attributes: traits.flatMap(([trait_type, value]) => (value === null ? [] : [{ trait_type, value }])),
  };
}

const LINE = 30;
const MOST_LINES = 4;

/** Draws a piece's name as an SVG of 600 by 600, for wallets; it holds no script and loads nothing. */
export function tokenPicture(piece: Piece): string {
  const lines = wrapped(piece.title ?? 'Untitled');
  const rows = lines.map(
    (line, row) => `<text x="60" y="${250 + row * 48}" font-size="36">${escaped(line)}</text>`,
  );
  const number = nameOf({ ...piece, title: null });
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600" role="img">',
    `<title>${escaped(nameOf(piece))}</title>`,
    '<rect width="600" height="600" fill="#f6f3ea"/>',
    '<g fill="none" stroke="#1d3b36" stroke-width="10"><circle cx="120" cy="120" r="56"/><path d="M92 122l20 22 38-46"/></g>',
    `<g fill="#1d3b36" font-family="Georgia, serif">${rows.join('')}`,
    `<text x="60" y="490" font-size="44">${escaped(number)}</text>`,
    `<text x="60" y="540" font-size="26">${escaped((piece.coop ?? '').slice(0, 40))}</text></g></svg>`,
  ].join('');
}

function wrapped(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/u).flatMap((whole) => whole.match(/.{1,30}/gu) ?? [])) {
    const last = lines.at(-1) ?? '';
    const joined = last === '' ? word : `${last} ${word}`;
    if ([...joined].length <= LINE) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines.length > MOST_LINES
    ? [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1] ?? ''} …`]
    : lines;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** XML knows no control characters, not even escaped ones. */
function escaped(text: string): string {
  return text
    .replaceAll(/\p{Cc}|[\uFFFE\uFFFF]/gu, ' ')
    .replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
