import { type Hex, keccak, toHex, utf8 } from '../hex.js';
import { recoverSigner } from '../signature.js';
import { checksumAddress } from './address.js';

/** What a wallet is asked to sign, so that it shows that it holds its address (EIP-4361). */
export interface SignInWords {
  /** Host and port of the page that asks. */
  readonly domain: string;
  readonly address: Hex;
  /** One line that says what it is for. */
  readonly statement: string;
  readonly uri: string;
  readonly chainId: number;
  /** At least 8 letters and digits that were never used before. */
  readonly nonce: string;
  readonly issuedAt: string;
}

/** The text of EIP-4361, `Sign-In with Ethereum`, that the wallet shows and signs. */
export function signInMessage(words: SignInWords): string {
  const { domain, address, statement, uri, chainId, nonce, issuedAt } = words;
  const asked = `${domain} wants you to sign in with your Ethereum account:\n${checksumAddress(address)}`;
  const facts = [`URI: ${uri}`, 'Version: 1', `Chain ID: ${String(chainId)}`];
  return [asked, '', statement, '', ...facts, `Nonce: ${nonce}`, `Issued At: ${issuedAt}`].join('\n');
}

/** The address whose key signed a text as wallets do (EIP-191, `personal_sign`); null when the signature cannot be read. */
export function signerOfMessage(message: string, signature: string): Hex | null {
  const text = utf8(message);
  const prefix = utf8(`\u0019Ethereum Signed Message:\n${String(text.length)}`);
  const recovered = recoverSigner(toHex(keccak(prefix, text)), withV(signature.toLowerCase()));
  return recovered.kind === 'SignerRecovered' ? recovered.address : null;
}

// Some wallets write 0 and 1 for the parity that others write as 27 and 28.
function withV(signature: string): Hex {
  const [, rs = '', v = ''] = /^0x([0-9a-f]{128})([0-9a-f]{2})$/.exec(signature) ?? [];
  const parity = v === '00' ? '1b' : v === '01' ? '1c' : v;
  return `0x${rs}${parity}`;
}
