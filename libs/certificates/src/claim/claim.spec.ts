import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { getAddress } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { Hex } from '../hex.js';
import { bytesOf, sampleUnanchored } from '../sample-certificate.js';
import { addressOfKey } from '../signature.js';
import {
  checksumAddress,
  claimCall,
  claimLink,
  parseClaimLink,
  readAddress,
  signerOfMessage,
  signInMessage,
} from './index.js';

const someAddress = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`);

describe('an address', () => {
  it('is written with the checksum that an independent library writes', () => {
    fc.assert(
      fc.property(someAddress, (address) => {
        expect(checksumAddress(address)).toBe(getAddress(address));
      }),
    );
  });

  it('is read in one case or with a right checksum', () => {
    const address = addressOfKey(bytesOf('somebody'));
    const mixed = checksumAddress(address);
    expect(readAddress(` ${mixed} `)).toEqual({ kind: 'AddressRead', address, unchecked: false });
    expect(readAddress(address)).toEqual({ kind: 'AddressRead', address, unchecked: true });
    const letter = [...mixed].findIndex((digit, place) => place > 1 && /[a-f]/.test(digit));
    const wrong = mixed.slice(0, letter) + mixed.charAt(letter).toUpperCase() + mixed.slice(letter + 1);
    expect(readAddress(wrong)).toMatchObject({ kind: 'AddressRefused' });
  });

  it.each(['', 'me', '0x12', `0x${'0'.repeat(40)}`, `0x${'g'.repeat(40)}`])('is not %j', (text) => {
    expect(readAddress(text)).toMatchObject({ kind: 'AddressRefused' });
  });
});

describe('the link under a seal', () => {
  const key = bytesOf('claim 7');

  it('names piece and key behind the #, and is read from the whole address or from that part', () => {
    const link = claimLink('04006381333931', 7, key);
    expect(link).toBe(`/claim#/01/04006381333931/21/7/${key.slice(2)}`);
    const read = { kind: 'ClaimLinkRead', gtin: '04006381333931', serial: 7, key };
    for (const text of [link, `https://press.example${link}`, link.slice(link.indexOf('#') + 1)])
      expect(parseClaimLink(text)).toEqual(read);
    expect(parseClaimLink(claimLink('04006381333931', 7))).toEqual({ ...read, key: null });
  });

  it.each(['', '#', '/01/04006381333931/21/7/12', '/01/04006381333932/21/7', 'https://press.example/claim'])(
    'is not %j',
    (text) => {
      expect(parseClaimLink(text)).toMatchObject({ kind: 'ClaimLinkRefused' });
    },
  );
});

describe('a claim that is sent without the co-op', () => {
  it('needs an anchored certificate', () => {
    const terms = { recipient: addressOfKey(bytesOf('collector')), deadline: 1 };
    expect(() => claimCall(sampleUnanchored(3), bytesOf('claim 3'), terms)).toThrow('no batch');
  });
});

describe('a wallet that shows whose it is', () => {
  it('signs a text of EIP-4361, from which its address is recovered', async () => {
    const account = privateKeyToAccount(generatePrivateKey());
    const address = account.address.toLowerCase() as Hex;
    const message = signInMessage({
      ...{ domain: 'press.example', address, statement: 'Receive the token of Heron No. 7.' },
      ...{ uri: 'https://press.example/claim', chainId: 31337, nonce: 'a1b2c3d4' },
      issuedAt: '2026-11-22T03:00:00.000Z',
    });
    expect(message).toBe(
      [
        'press.example wants you to sign in with your Ethereum account:',
        ...[account.address, '', 'Receive the token of Heron No. 7.', ''],
        ...['URI: https://press.example/claim', 'Version: 1', 'Chain ID: 31337', 'Nonce: a1b2c3d4'],
        'Issued At: 2026-11-22T03:00:00.000Z',
      ].join('\n'),
    );
    const signature = await account.signMessage({ message });
    expect(signerOfMessage(message, signature)).toBe(address);
    expect(signerOfMessage(`${message}!`, signature)).not.toBe(address);
    expect(signerOfMessage(message, '0x12')).toBeNull();
  });
});
