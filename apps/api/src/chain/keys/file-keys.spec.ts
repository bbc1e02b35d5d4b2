import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addressOfKey, signingKey } from '@touchmark/certificates';
import type { Config } from '../../platform/config/config.js';
import { FileKeys, issuerKeyOf } from './file-keys.js';

const root = `0x${'ab'.repeat(32)}` as const;

describe("a co-op's issuer key", () => {
  it('is the same each time, and another for another co-op or another root key', () => {
    const key = issuerKeyOf(root, 'coop-1');
    expect(issuerKeyOf(root, 'coop-1')).toBe(key);
    expect(issuerKeyOf(root, 'coop-2')).not.toBe(key);
    expect(issuerKeyOf(`0x${'cd'.repeat(32)}`, 'coop-1')).not.toBe(key);
  });

  it('is a valid private key of 32 bytes, whatever the co-op', () => {
    for (let count = 0; count < 200; count += 1) {
      const key = issuerKeyOf(root, `coop-${String(count)}`);
      expect(key).toMatch(/^0x[0-9a-f]{64}$/);
      expect(addressOfKey(key)).toMatch(/^0x[0-9a-f]{40}$/);
    }
  });
});

describe('key files', () => {
  let keysDir: string;
  let given: Map<string, string>;
  beforeEach(() => {
    given = new Map();
    keysDir = mkdtempSync(join(tmpdir(), 'touchmark-keys-'));
  });
  afterEach(() => {
    rmSync(keysDir, { recursive: true });
  });

  const keys = (): FileKeys => new FileKeys({ keysDir, keys: given } as unknown as Config);
  const put = (name: string, content: string): void => {
    writeFileSync(join(keysDir, name), content);
  };

  it.each([
    // So long that the folder, of a random name that the refusal tells, holds it by no chance.
    [`0x${'12'.repeat(31)}`, 'is not 0x and 64 hexadecimal digits'],
    [`0x${'ff'.repeat(32)}`, 'is no private key'],
    [`0x${'00'.repeat(32)}`, 'is no private key'],
  ])('refuse %s by the name of its file and never repeat it', async (content, words) => {
    put('signer.key', content);
    const refusal = await keys()
      .signerKey()
      .then(String, (error: unknown) => String(error));
    expect(refusal).toContain(words);
    expect(refusal).toContain('signer.key');
    expect(refusal).not.toContain(content.slice(2));
  });

  it('come after what the environment gives', async () => {
    put('signer.key', `0x${'12'.repeat(32)}`);
    given.set('signer.key', root).set('publisher.address', addressOfKey(root));
    await expect(keys().signerKey()).resolves.toBe(root);
    await expect(keys().publisherAddress()).resolves.toBe(addressOfKey(root));
    await expect(keys().nextSignerKey()).resolves.toBeNull();
    given.set('signer.next.key', `0x${'34'.repeat(32)}`);
    await expect(keys().nextSignerKey()).resolves.toBe(`0x${'34'.repeat(32)}`);
  });

  it('know no co-signer until one is put in place, by file or environment', async () => {
    await expect(keys().coSignerKey()).resolves.toBeNull();
    put('cosigner.key', `0x${'56'.repeat(32)}`);
    await expect(keys().coSignerKey()).resolves.toBe(`0x${'56'.repeat(32)}`);
    given.set('cosigner.key', root);
    await expect(keys().coSignerKey()).resolves.toBe(root);
  });

  it('find the key of a signer by its address, also the next one, and no other', async () => {
    const next = `0x${'34'.repeat(32)}` as const;
    put('signer.key', root);
    put('signer.next.key', next);
    const both = keys();
    for (const key of [root, next])
      await expect(both.signerKeyOf(addressOfKey(key))).resolves.toEqual(signingKey(key));
    // Prepared once: the same object for each certificate that it signs.
    await expect(both.signerKeyOf(addressOfKey(root))).resolves.toBe(
      await both.signerKeyOf(addressOfKey(root)),
    );
    await expect(keys().signerKeyOf(`0x${'ab'.repeat(20)}`)).rejects.toThrow('holds no key of the signer');
  });

  it('show no key to whoever prints what holds them', async () => {
    put('signer.key', root);
    const ring = keys();
    const signer = await ring.signerKeyOf(addressOfKey(root));
    for (const held of [ring, signer, { ...signer }, new Error('of a signer', { cause: signer })])
      for (const shown of [inspect(held, { depth: 9 }), JSON.stringify(held)])
        expect(shown).not.toContain(root.slice(2));
    expect(signer.privateKey).toBe(root);
  });

  it('take a publisher by its address, and none that is cut short or empty', async () => {
    const address = addressOfKey(root);
    put('publisher.address', `${address.toUpperCase().replace('X', 'x')}\n`);
    await expect(keys().publisherAddress()).resolves.toBe(address);
    for (const wrong of ['', '\n', address.slice(0, -1), root]) {
      put('publisher.address', wrong);
      await expect(keys().publisherAddress()).rejects.toThrow('publisher.address is not 0x and 40');
    }
  });
});
