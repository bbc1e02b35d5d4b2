import { gtinCheckDigit } from '@touchmark/certificates';

/** The longest request target that is read, in characters: path and query. */
export const LONGEST_TARGET = 2048;

/** A printed code of the form that pieces of ours carry. */
export interface PieceAsked {
  readonly kind: 'PieceAsked';
  /** 14 digits. */
  readonly gtin: string;
  readonly serial: number;
}

/** A well-formed GS1 Digital Link of something that we never mark: a lot, a variant, a serial with letters, a GTIN alone. */
export interface OtherAsked {
  readonly kind: 'OtherAsked';
}

/** Why a target is no GS1 Digital Link; `status` is 400, or 414 when it is too long to be read. */
export interface LinkRefused {
  readonly kind: 'LinkRefused';
  readonly status: 400 | 414;
  readonly message: string;
}

// GS1 General Specifications 25, figure 7.11-1: the 82 characters that a serial, lot or variant may have.
const TEXT = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/;
// Key qualifiers of a GTIN in the order in which a Digital Link has them (URI syntax 1.6, 4.3).
const QUALIFIERS = ['22', '10', '21'];
const THIRD_PARTY = '235';
const SERIAL = /^[1-9][0-9]{0,7}$/;
const LARGEST_SERIAL = 2 ** 24 - 1;

/** Reads the raw path of a request, percent signs and all, as a GS1 Digital Link of a GTIN; hostile input is a refusal. */
export function readPrintedPath(path: string): PieceAsked | OtherAsked | LinkRefused {
  if (path.length > LONGEST_TARGET) return tooLong();
  const parts = path.split('/').map(plain);
  if (parts.some((part) => part === null)) return refuse('a percent sign in it starts no UTF-8 character');
  const [root, key, digits = '', ...rest] = parts as string[];
  if (root !== '' || key !== '01') return refuse('it does not begin with /01/');
  if (!/^([0-9]{8}|[0-9]{12,14})$/.test(digits)) return refuse('its GTIN is not 8, 12, 13 or 14 digits long');
  const gtin = digits.padStart(14, '0');
  if (gtinCheckDigit(gtin.slice(0, -1)) !== Number(gtin.at(-1)))
    return refuse('the check digit of its GTIN is wrong; read the code again');
  return qualified(gtin, rest);
}

function qualified(gtin: string, rest: readonly string[]): PieceAsked | OtherAsked | LinkRefused {
  const names = rest.filter((_, place) => place % 2 === 0);
  const values = rest.filter((_, place) => place % 2 === 1);
  if (names.length !== values.length) return refuse('its last qualifier has no value');
  const order = names.map((name) => QUALIFIERS.indexOf(name));
  const sorted = order.every((place, index) => place >= 0 && place > (order[index - 1] ?? -1));
  const thirdParty = names.length === 1 && names[0] === THIRD_PARTY;
  if (!sorted && !thirdParty)
    return refuse('what follows the GTIN is not 22, 10 and 21 in this order, each once, or 235 alone');
  if (!values.every((value) => TEXT.test(value)))
    return refuse('a qualifier in it is not 1 to 20 GS1 characters');
  const [serial = ''] = values;
  if (names.join() !== '21' || !SERIAL.test(serial) || Number(serial) > LARGEST_SERIAL)
    return { kind: 'OtherAsked' };
  return { kind: 'PieceAsked', gtin, serial: Number(serial) };
}

/** A path segment or query part with its percent signs resolved; null when one starts no UTF-8 character. */
export function plain(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The refusal of a target that is longer than anything we print or link to. */
export function tooLong(): LinkRefused {
  const message = `This address is longer than ${LONGEST_TARGET} characters; the printed one is much shorter.`;
  return { kind: 'LinkRefused', status: 414, message };
}

function refuse(problem: string): LinkRefused {
  const message = `This is no GS1 Digital Link such as /01/{14 digits}/21/{serial}: ${problem}.`;
  return { kind: 'LinkRefused', status: 400, message };
}
