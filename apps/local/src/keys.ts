import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import { writeWhole } from './records.ts';

/** The keys with an account on the chain. */
export const chainKeys = ['issuer', 'signer', 'publisher', 'gas', 'cosigner'] as const;
export type ChainKey = (typeof chainKeys)[number];

const makers: Record<string, () => string> = {
  ...Object.fromEntries(chainKeys.map((name) => [name, generatePrivateKey])),
  // Signs sign-in tokens (EdDSA).
  jwt: () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
  // Seals the claim keys that are stored.
  'claim-seal': () => `0x${randomBytes(32).toString('hex')}`,
};

/**
 * Makes the development keys that are missing, each in a file that only its owner reads. The publisher's process
 * gets a folder with nothing but its own key.
 */
export function ensureKeys(folder: string, publisherFolder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(publisherFolder, { recursive: true, mode: 0o700 });
  for (const [name, make] of Object.entries(makers)) {
    const file = join(folder, `${name}.key`);
    if (!existsSync(file)) writeWhole(file, `${make()}\n`);
  }
  const publisher = readFileSync(join(folder, 'publisher.key'), 'utf8');
  if (!existsSync(join(publisherFolder, 'publisher.key')))
    writeWhole(join(publisherFolder, 'publisher.key'), publisher);
}

/** The chain address of one of the keys. */
export function addressOf(folder: string, name: ChainKey): `0x${string}` {
  const key = readFileSync(join(folder, `${name}.key`), 'utf8').trim();
  return privateKeyToAddress(key as `0x${string}`);
}
