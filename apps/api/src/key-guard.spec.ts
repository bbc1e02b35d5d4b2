import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Hex, addressOfKey } from '@touchmark/certificates';
import { problemsOfKeys } from './key-guard.js';

const keyOf = (byte: string): Hex => `0x${byte.repeat(32)}`;

describe('the keys of a process in production', () => {
  let folder: string;
  const given = new Map<string, string>();
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'touchmark-guard-'));
    put('issuer.key', keyOf('11'));
    put('signer.key', keyOf('22'));
    put('gas.key', keyOf('33'));
    put('publisher.address', addressOfKey(keyOf('44')));
  });
  afterEach(() => {
    given.clear();
    rmSync(folder, { recursive: true });
  });
  const put = (name: string, content: string): void => {
    writeFileSync(join(folder, name), `${content}\n`);
  };

  it('are taken when each has a key of its own', async () => {
    expect(await problemsOfKeys({ keysDir: folder, keys: given }, 'api')).toEqual([]);
  });

  it.each([
    ['signer.key', 'gas.key', '33'],
    ['issuer.key', 'signer.next.key', '11'],
    ['signer.key', 'signer.next.key', '22'],
    ['issuer.key', 'gas.key', '11'],
    ['signer.key', 'cosigner.key', '22'],
    ['gas.key', 'cosigner.key', '33'],
  ])('are refused when %s and %s are one', async (first, second, byte) => {
    put(first, keyOf(byte));
    put(second, keyOf(byte).toUpperCase().replace('X', 'x'));
    const problems = await problemsOfKeys({ keysDir: folder, keys: given }, 'api');
    expect(problems).toEqual([expect.stringContaining(`${first} and ${second} are one key`)]);
    expect(problems.join()).not.toContain(byte.repeat(4));
  });

  it.each(['signer.key', 'gas.key', 'cosigner.key'])(
    'are refused when %s is the key of the publisher, known by its address',
    async (name) => {
      put(name, keyOf('44'));
      expect(await problemsOfKeys({ keysDir: folder, keys: given }, 'api')).toEqual([
        expect.stringContaining(`${name} and publisher.address are one key`),
      ]);
    },
  );

  it("are refused when the publisher's key is where the network reaches it", async () => {
    put('publisher.key', keyOf('44'));
    expect(await problemsOfKeys({ keysDir: folder, keys: given }, 'api')).toEqual([
      expect.stringContaining('only the publisher may hold it'),
    ]);
  });

  it('are refused when the publisher holds any but its own', async () => {
    put('publisher.key', keyOf('44'));
    const problems = await problemsOfKeys({ keysDir: folder, keys: given }, 'publisher');
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['issuer.key', 'signer.key', 'gas.key']);
  });

  it('are refused when one of the same comes by the environment', async () => {
    given.set('gas.key', keyOf('22'));
    expect(await problemsOfKeys({ keysDir: folder, keys: given }, 'api')).toEqual([
      expect.stringContaining('signer.key and gas.key are one key'),
    ]);
  });

  it('are left to their readers when they are malformed', async () => {
    put('signer.key', 'not a key');
    put('gas.key', keyOf('00'));
    expect(await problemsOfKeys({ keysDir: folder, keys: given }, 'api')).toEqual([]);
  });
});
