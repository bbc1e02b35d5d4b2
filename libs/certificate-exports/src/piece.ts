import {
  type Bundle,
  type JsonValue,
  type Making,
  deriveCertificate,
  isDisclosed,
  makingOf,
} from '@touchmark/certificates';

/** What a certificate says of its piece; a text is null when it is withheld, or of another shape than ours. */
export interface Piece {
  readonly title: string | null;
  readonly serial: number;
  readonly size: number | null;
  /** 14 digits. */
  readonly gtin: string | null;
  readonly sku: string | null;
  readonly materials: string | null;
  readonly coop: string | null;
  /** The domain by which the issuer names itself. */
  readonly domain: string | null;
  readonly passedAt: Date | null;
  readonly stations: readonly string[];
  readonly making: Making;
  /** uint256 in decimal digits. */
  readonly tokenId: string;
}

/** Reads from a bundle what its exports tell; a signature does not make a value well-formed, so each is looked at. */
export function pieceOf(bundle: Bundle): Piece {
  const values = new Map<string, JsonValue>(
    bundle.document.filter(isDisclosed).map(({ path, value }) => [path, value]),
  );
  const text = (path: string): string | null => {
    const value = values.get(path);
    return typeof value === 'string' ? value : null;
  };
  const size = values.get('what.edition.size');
  const passed = Date.parse(text('when.passed') ?? '');
  const stations = values.get('where.stations');
  return {
    title: text('what.title'),
    serial: bundle.serial,
    size: typeof size === 'number' ? size : null,
    gtin: text('what.gtin'),
    sku: text('what.sku'),
    materials: text('what.materials'),
    coop: text('who.coop'),
    domain: text('who.domain'),
    passedAt: Number.isNaN(passed) ? null : new Date(passed),
    stations: Array.isArray(stations) ? stations.filter((station) => typeof station === 'string') : [],
    making: makingOf(bundle.document),
    tokenId: deriveCertificate(bundle).tokenId.toString(),
  };
}

/** How a piece is called in one line: its title where that is shown, and its number. */
export function nameOf({ title, serial, size }: Pick<Piece, 'title' | 'serial' | 'size'>): string {
  const number = `No. ${serial}${size === null ? '' : ` of ${size}`}`;
  return title === null ? number : `${title}, ${number}`;
}
