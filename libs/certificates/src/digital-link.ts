import { asGtin14, isGtin } from './gtin.js';
import { EncodingError } from './hex.js';

/** The largest size an edition can have on chain (uint24). */
export const MAX_EDITION_SIZE = 2 ** 24 - 1;

/** A printed code was read. */
export interface DigitalLinkRead {
  readonly kind: 'DigitalLinkRead';
  /** 14 digits. */
  readonly gtin: string;
  readonly serial: number;
}

/** Why a path is no printed code of ours. */
export interface DigitalLinkRefused {
  readonly kind: 'DigitalLinkRefused';
  readonly message: string;
}

/**
 * Reads the path `/01/{gtin}/21/{serial}` of a GS1 Digital Link: 14 digits (13 are taken as well) with a right check
 * digit, and a serial from 1 to `size` in decimal without leading zeros.
 */
export function parseDigitalLink(
  path: string,
  size = MAX_EDITION_SIZE,
): DigitalLinkRead | DigitalLinkRefused {
  const match = /^\/01\/([0-9]{13,14})\/21\/([1-9][0-9]{0,7})$/.exec(path);
  const [, gtin, digits] = match ?? [];
  if (gtin === undefined || digits === undefined) {
    return refused(
      `"${path.slice(0, 60)}" is not of the form /01/{13 or 14 digits}/21/{serial without leading zeros}.`,
    );
  }
  if (!isGtin(gtin))
    return refused(`The GTIN ${gtin} has a wrong check digit; read the code on the piece again.`);
  const serial = Number(digits);
  if (serial > size) return refused(`The serial is ${serial}, expected 1 to ${size}.`);
  return { kind: 'DigitalLinkRead', gtin: asGtin14(gtin), serial };
}

/** Writes the printed path of a piece; throws EncodingError for a GTIN or serial that it could not read back. */
export function formatDigitalLink(gtin: string, serial: number): string {
  const path = `/01/${asGtin14(gtin)}/21/${serial}`;
  const read = parseDigitalLink(path);
  if (read.kind === 'DigitalLinkRefused') throw new EncodingError(read.message);
  return path;
}

function refused(message: string): DigitalLinkRefused {
  return { kind: 'DigitalLinkRefused', message };
}
