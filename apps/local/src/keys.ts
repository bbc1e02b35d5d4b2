import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { writeWhole } from './records.ts';

/** The keys with an account on the chain. */
export const chainKeys = ['issuer', 'signer', 'publisher', 'gas', 'cosigner'] as const;
export type ChainKey = (typeof chainKeys)[number];

const makers: Record<string, () => string> = {
  ...Object.fromEntries(chainKeys.map((name) => [name, generatePrivateKey])),
  // Signs sign-in tokens (EdDSA).
  jwt: () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
  // Signs verifiable credentials (ES256).
  credential: () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString()
      .trim(),
  // Seals the claim keys that are stored.
  'claim-seal': () => `0x${randomBytes(32).toString('hex')}`,
  // The keys of NFC tags are derived from it.
  tags: () => `0x${randomBytes(32).toString('hex')}`,
};

/** A file of this name beside keys says that they were made for development; production refuses such a folder. */
const marker = 'DEVELOPMENT';

/** Where the keys lie: one folder for the API and the worker, one for the publisher's process. */
export interface KeyFolders {
  readonly all: string;
  readonly publisher: string;
}

const fileOf = (folders: KeyFolders, name: string): string =>
  join(name === 'publisher' ? folders.publisher : folders.all, `${name}.key`);

/**
 * Makes the development keys that are missing, each in a file that only its owner reads. The publisher's key lies in a
 * folder of its own, and beside the other keys only its address: no process holds it together with them.
 */
export function ensureKeys(folders: KeyFolders): void {
  for (const folder of [folders.all, folders.publisher]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Before the first key, so that no crash leaves keys without it.
    if (!existsSync(join(folder, marker)))
      writeWhole(
        join(folder, marker),
        'These keys were made for development. Production does not start with them.\n',
      );
  }
  for (const [name, make] of Object.entries(makers)) {
    const file = fileOf(folders, name);
    if (!existsSync(file)) writeWhole(file, `${make()}\n`);
  }
  writeWhole(join(folders.all, 'publisher.address'), `${accountOf(folders, 'publisher').address}\n`);
}

/** The chain account of one of the keys. */
export function accountOf(folders: KeyFolders, name: ChainKey): PrivateKeyAccount {
  return privateKeyToAccount(readFileSync(fileOf(folders, name), 'utf8').trim() as Hex);
}
