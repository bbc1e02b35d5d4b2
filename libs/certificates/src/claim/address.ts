import { type Hex, isLowerHex, keccak, toHex, utf8 } from '../hex.js';

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const ZERO = `0x${'0'.repeat(40)}`;

/** Writes an address with the mixed case of EIP-55, by which a typing mistake is seen. */
export function checksumAddress(address: Hex): Hex {
  const digits = address.slice(2).toLowerCase();
  const hash = toHex(keccak(utf8(digits))).slice(2);
  const cased = [...digits].map((digit, place) =>
    Number.parseInt(hash.charAt(place), 16) >= 8 ? digit.toUpperCase() : digit,
  );
  return `0x${cased.join('')}`;
}

/** An address that was typed, in lower case. */
export interface AddressRead {
  readonly kind: 'AddressRead';
  readonly address: Hex;
  /** It came without the mixed case of EIP-55, so nothing speaks against a typing mistake. */
  readonly unchecked: boolean;
}

/** Why a text is no address that a token may be sent to. */
export interface AddressRefused {
  readonly kind: 'AddressRefused';
  readonly message: string;
}

/** Reads an address as people type it: all in one case, or mixed with a right checksum (EIP-55); never the zero address. */
export function readAddress(text: string): AddressRead | AddressRefused {
  const typed = text.trim();
  if (!ADDRESS.test(typed)) return refused('An address is 0x and 40 hex digits.');
  const address = typed.toLowerCase();
  if (!isLowerHex(address, 20) || address === ZERO)
    return refused('Nobody holds the zero address. Give your own.');
  const digits = typed.slice(2);
  const unchecked = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  if (!unchecked && typed !== checksumAddress(address))
    return refused('The checksum of this address is wrong: a digit was mistyped. Copy it again.');
  return { kind: 'AddressRead', address, unchecked };
}

function refused(message: string): AddressRefused {
  return { kind: 'AddressRefused', message };
}
