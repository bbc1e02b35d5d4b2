/** One entry of an Accept header; `quality` from 0 to 1 in thousandths, as RFC 9110 writes it at most. */
interface Range {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

// What no client sends is not worth reading: beyond this the header counts as absent.
const LONGEST_HEADER = 2048;
const RANGE = /^([!#$%&'*+.^_`|~0-9a-z-]+)\/([!#$%&'*+.^_`|~0-9a-z-]+)$/;
const QUALITY = /^q=(0([.][0-9]{0,3})?|1([.]0{0,3})?)$/;

/**
 * The media type among `offered` (lower case, best first) that an Accept header (RFC 9110, 12.5.1) likes most; the first of
 * equals, the first of all when the header is absent or unreadable, null when it accepts none.
 */
export function preferredType(accept: string | undefined, offered: readonly string[]): string | null {
  const ranges = rangesOf(accept);
  if (ranges.length === 0) return offered[0] ?? null;
  let best: { readonly type: string; readonly quality: number } | null = null;
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality > 0 && quality > (best?.quality ?? 0)) best = { type, quality };
  }
  return best?.type ?? null;
}

/** The most specific range decides, whatever it says. */
function qualityOf(offer: string, ranges: readonly Range[]): number {
  const [type, subtype] = offer.split('/');
  const exact = ranges.filter((range) => range.type === type && range.subtype === subtype);
  const family = ranges.filter((range) => range.type === type && range.subtype === '*');
  const any = ranges.filter((range) => range.type === '*' && range.subtype === '*');
  const [deciding] = [exact, family, any].filter((group) => group.length > 0);
  return Math.max(0, ...(deciding ?? []).map(({ quality }) => quality));
}

function rangesOf(accept: string | undefined): Range[] {
  if (accept === undefined || accept.length > LONGEST_HEADER) return [];
  return accept
    .toLowerCase()
    .split(',')
    .flatMap((entry) => rangeOf(entry.split(';').map((part) => part.trim())));
}

function rangeOf([name = '', ...parameters]: readonly string[]): Range[] {
  const [, type, subtype] = RANGE.exec(name) ?? [];
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const written = quality === undefined ? '1' : QUALITY.exec(quality)?.[1];
  if (type === undefined || subtype === undefined || written === undefined) return [];
  return [{ type, subtype, quality: Number(written) }];
}
