import { preferredType } from './negotiate.js';
import { GS1_PREFIX, GS1_VOCABULARY } from './link-type.js';

/** One link of a piece: its GS1 link type without prefix, an absolute address, and what is found there. */
export interface PieceLink {
  readonly linkType: string;
  readonly href: string;
  readonly title: string;
  readonly type: string;
  /** Languages by their tags (BCP 47); none when the content is for machines. */
  readonly hreflang: readonly string[];
}

/** What the linkset of a piece is made from. */
export interface PieceLinks {
  /** The printed address. */
  readonly anchor: string;
  readonly description: string;
  readonly links: readonly PieceLink[];
}

/** How RFC 9264 writes one link. */
export interface LinksetTarget {
  readonly href: string;
  readonly title: string;
  readonly type: string;
  readonly hreflang?: readonly string[];
}

/** A linkset document (RFC 9264, with the members that the GS1-Conformant resolver standard 1.2 adds). */
export interface LinksetDocument {
  readonly linkset: readonly Readonly<Record<string, string | readonly LinksetTarget[]>>[];
}

/** The media type of a linkset document. */
export const LINKSET_TYPE = 'application/linkset+json';

/** Where the names in a linkset are explained, for whoever reads it as linked data. */
export const LINKSET_CONTEXT = 'https://ref.gs1.org/standards/resolver/linkset-context';

/** Writes the linkset of a piece; links of one type stay in the order in which they are given. */
export function linksetOf({ anchor, description, links }: PieceLinks): LinksetDocument {
  const byType = new Map<string, LinksetTarget[]>();
  for (const { linkType, href, title, type, hreflang } of links) {
    const name = `${GS1_VOCABULARY}${linkType}`;
    const target = { href, title, type, ...(hreflang.length > 0 ? { hreflang } : {}) };
    byType.set(name, [...(byType.get(name) ?? []), target]);
  }
  return { linkset: [{ anchor, description, ...Object.fromEntries(byType) }] };
}

/** The link of this type (a full URI) whose content the Accept header likes most, else the first of the type; null when there is none. */
export function linkOfType(
  links: readonly PieceLink[],
  linkType: string,
  accept: string | undefined,
): PieceLink | null {
  const candidates = links.filter((link) => `${GS1_VOCABULARY}${link.linkType}` === linkType);
  const type = preferredType(
    accept,
    candidates.map((link) => link.type),
  );
  return candidates.find((link) => link.type === type) ?? candidates[0] ?? null;
}

/** The description file of a resolver for GTINs at `root` (GS1-Conformant resolver 1.2, section 3); `root` has no slash at its end. */
export function resolverDescription(root: string): Readonly<Record<string, unknown>> {
  return {
    name: 'Touchmark resolver',
    resolverRoot: root,
    supportedPrimaryKeys: ['01'],
    supportedLinkType: [{ namespace: GS1_VOCABULARY, prefix: GS1_PREFIX }],
    linkTypeDefaultCanBeLinkset: false,
    jsonLdContextLocation: LINKSET_CONTEXT,
  };
}
