import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Hex, addressOfKey } from '@touchmark/certificates';
import type { Config } from './platform/config/config.js';

/** Which of the product's processes looks at its keys. */
export type KeyHolder = 'api' | 'publisher';

/** Files of keys with powers of their own; what one may do the other must not. */
const ROLES = [
  'issuer.key',
  'signer.key',
  'signer.next.key',
  'publisher.key',
  'gas.key',
  'cosigner.key',
] as const;
const PUBLISHER_ADDRESS = 'publisher.address';
const KEY = /^0x[0-9a-f]{64}$/;
const ADDRESS = /^0x[0-9a-f]{40}$/;

/**
 * Why production must not start with the keys of this folder and the environment: keys that are the same, the publisher's key where it does
 * not belong, or others beside it. Malformed files are left to whoever reads them. Shows no key.
 */
export async function problemsOfKeys(
  { keysDir, keys }: Pick<Config, 'keysDir' | 'keys'>,
  holder: KeyHolder,
): Promise<string[]> {
  const addresses = new Map<string, string>();
  for (const name of [...ROLES, PUBLISHER_ADDRESS]) {
    const text = keys.get(name) ?? (await readFile(join(keysDir, name), 'utf8').catch(() => ''));
    const address = addressIn(name, text.trim().toLowerCase());
    if (address !== null) addresses.set(name, address);
  }
  return [...equalOnes(addresses), ...misplaced([...addresses.keys()], holder)];
}

function equalOnes(addresses: ReadonlyMap<string, string>): string[] {
  const names = [...addresses.keys()];
  return names.flatMap((name, place) =>
    names
      .slice(place + 1)
      .filter((other) => addresses.get(name) === addresses.get(other))
      // The address beside its own key says the same on purpose.
      .filter((other) => !(name === 'publisher.key' && other === PUBLISHER_ADDRESS))
      .map(
        (other) =>
          `${name} and ${other} are one key; who signs, who co-signs, who anchors and who pays must be apart. Make another.`,
      ),
  );
}

function misplaced(names: readonly string[], holder: KeyHolder): string[] {
  if (holder === 'api')
    return names.includes('publisher.key')
      ? [
          'publisher.key is given to a process that faces the network; only the publisher may hold it. ' +
            'Give this one publisher.address instead.',
        ]
      : [];
  return names
    .filter((name) => name !== 'publisher.key' && name !== PUBLISHER_ADDRESS)
    .map((name) => `${name} is given to the publisher, which must hold its own key alone. Take it away.`);
}

function addressIn(name: string, text: string): string | null {
  if (name === PUBLISHER_ADDRESS) return ADDRESS.test(text) ? text : null;
  if (!KEY.test(text)) return null;
  try {
    return addressOfKey(text as Hex);
  } catch {
    return null;
  }
}
