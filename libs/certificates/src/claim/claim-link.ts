import { formatDigitalLink, parseDigitalLink } from '../digital-link.js';
import { fromHex, type Hex, isLowerHex } from '../hex.js';

/** What stands under the seal of a piece: which piece it is, and the key that gives its token away. */
export interface ClaimLinkRead {
  readonly kind: 'ClaimLinkRead';
  /** 14 digits. */
  readonly gtin: string;
  readonly serial: number;
  /** The private claim key; null in a link that only names the piece. */
  readonly key: Hex | null;
}

/** Why a text is no claim link. */
export interface ClaimLinkRefused {
  readonly kind: 'ClaimLinkRefused';
  readonly message: string;
}

/** Where claims are made; all that follows stands behind the `#`, which browsers never send. */
export const CLAIM_PATH = '/claim';

/**
 * The path printed under a seal: `/claim#/01/{gtin}/21/{serial}/{64 hex digits of the key}`. Without a key it names the
 * piece alone; throws EncodingError for a GTIN, serial or key that it could not read back.
 */
export function claimLink(gtin: string, serial: number, key: Hex | null = null): string {
  const piece = `${CLAIM_PATH}#${formatDigitalLink(gtin, serial)}`;
  if (key === null) return piece;
  fromHex(key, 32);
  return `${piece}/${key.slice(2).toLowerCase()}`;
}

/** Reads a claim link: a whole address, its path, or what stands behind its `#`. */
export function parseClaimLink(text: string): ClaimLinkRead | ClaimLinkRefused {
  const fragment = text.trim().replace(/^[^#]*#/, '');
  const [, path = '', digits = null] = /^(\/01\/\d+\/21\/\d+)(?:\/([0-9a-f]{64}))?$/.exec(fragment) ?? [];
  const link = parseDigitalLink(path);
  if (link.kind === 'DigitalLinkRefused')
    return {
      kind: 'ClaimLinkRefused',
      message: 'This is not the code under a seal. Scan it again, or copy its address whole.',
    };
  const key = digits === null ? null : `0x${digits}`;
  const { gtin, serial } = link;
  return { kind: 'ClaimLinkRead', gtin, serial, key: isLowerHex(key, 32) ? key : null };
}
