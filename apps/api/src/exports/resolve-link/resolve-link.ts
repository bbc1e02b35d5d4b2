import { Inject, Injectable } from '@nestjs/common';
import {
  LINKSET_CONTEXT,
  LINKSET_TYPE,
  LONGEST_TARGET,
  type LinkRefused,
  linkOfType,
  linksetOf,
  namesLinkType,
  preferredType,
  readLinkQuery,
  readPrintedPath,
} from '@touchmark/certificate-exports';
import { ExportedPieces } from '../../certificates/index.js';
import { RateLimits, networkOf } from '../../platform/limits/index.js';
import { LinksOfPiece } from '../piece-links.js';

/** A request for a printed link, as it came. */
export interface LinkRequest {
  readonly method: string;
  /** Path and query, percent signs and all. */
  readonly target: string;
  readonly accept: string | undefined;
  readonly ip: string;
}

/** What the resolver answers by itself. */
export interface LinkAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const PAGE_TYPE = 'text/html';
const OFFERED = [PAGE_TYPE, LINKSET_TYPE, 'application/json'];
const PER_NETWORK = 300;
const WINDOW_SECONDS = 60;
const ALLOWED = 'GET, HEAD, OPTIONS';
// The printed link is public, so any page may read it; what it answers depends on these headers.
const OPEN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Link, Location, Retry-After',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  Vary: 'Accept',
} as const;

/** Answers machines at the printed link, by the GS1-Conformant resolver standard 1.2; people get the page. */
@Injectable()
export class ResolveLink {
  constructor(
    @Inject(ExportedPieces) private readonly pieces: ExportedPieces,
    @Inject(LinksOfPiece) private readonly links: LinksOfPiece,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  /** Null when the page is to answer. */
  async run({ method, target, accept, ip }: LinkRequest): Promise<LinkAnswer | null> {
    if (method === 'OPTIONS') return preflight();
    // What people send from the page is the page's own affair.
    if (method !== 'GET' && method !== 'HEAD') return null;
    if (target.length > LONGEST_TARGET)
      return problem(414, `This address is longer than ${String(LONGEST_TARGET)} characters.`);
    const [path, query] = halves(target);
    const type = preferredType(accept, OFFERED) ?? PAGE_TYPE;
    if (type === PAGE_TYPE && !namesLinkType(query)) return null;
    const asked = readPrintedPath(path);
    const named = readLinkQuery(query);
    if (asked.kind === 'LinkRefused') return refusal(asked);
    if (named.kind === 'LinkRefused') return refusal(named);
    if (!(await this.limits.take(`resolve:${networkOf(ip)}`, PER_NETWORK, WINDOW_SECONDS))) return tooMany();
    const piece = asked.kind === 'PieceAsked' ? await this.pieces.bySerial(asked.gtin, asked.serial) : null;
    if (piece === null) return problem(404, 'No piece with this number was certified here.');
    const found = await this.links.of(piece);
    if (named.linkType !== null && named.linkType !== 'linkset') {
      const link = linkOfType(found.links, named.linkType, accept);
      if (link === null)
        return problem(404, 'This piece has no link of this type; ask for linkType=linkset.');
      return redirect(link.href, named.passedOn, found.anchor);
    }
    return {
      status: 200,
      headers: {
        ...OPEN,
        ...linkHeader(found.anchor, true),
        'Content-Type': type === 'application/json' ? type : LINKSET_TYPE,
        'Cache-Control': 'public, max-age=60',
      },
      body: JSON.stringify(linksetOf(found)),
    };
  }
}

function halves(target: string): [path: string, query: string] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

function linkHeader(anchor: string, whole: boolean): { readonly Link: string } {
  const list = `<${anchor}?linkType=linkset>; rel="linkset"; type="${LINKSET_TYPE}"`;
  const context = `<${LINKSET_CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`;
  return { Link: whole ? `${list}, ${context}` : list };
}

function redirect(href: string, passedOn: string, anchor: string): LinkAnswer {
  const location = passedOn === '' ? href : `${href}?${passedOn}`;
  const headers = {
    ...OPEN,
    ...linkHeader(anchor, false),
    Location: location,
    'Cache-Control': 'public, max-age=60',
  };
  return { status: 307, headers, body: '' };
}

/** What OPTIONS is answered: any page may read, and only read. */
export function preflight(): LinkAnswer {
  const headers = {
    ...OPEN,
    Allow: ALLOWED,
    'Access-Control-Allow-Methods': ALLOWED,
    'Access-Control-Allow-Headers': 'Accept, Accept-Language, Content-Type',
    'Access-Control-Max-Age': '86400',
  };
  return { status: 204, headers, body: '' };
}

function refusal({ status, message }: LinkRefused): LinkAnswer {
  return problem(status, message);
}

function tooMany(): LinkAnswer {
  const answer = problem(429, 'This network asks too often. Ask again in a minute.');
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(WINDOW_SECONDS) } };
}

/** RFC 9457; nothing of what was asked is repeated. */
function problem(status: number, detail: string): LinkAnswer {
  const headers = { ...OPEN, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' };
  return { status, headers, body: JSON.stringify({ type: 'about:blank', status, detail }) };
}
