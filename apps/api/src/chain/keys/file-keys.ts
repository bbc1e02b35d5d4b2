import { createHmac } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Hex, type SigningKey, addressOfKey, signingKey } from '@touchmark/certificates';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { KeyRing, type Payer } from './key-ring.js';

// The order of secp256k1: a private key is 1 to this less 1.
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const ADDRESS = /^0x[0-9a-f]{40}$/;
const KEY = /^0x[0-9a-f]{64}$/;

/** Thrown when a key file is missing or malformed; it names the file and never shows its content. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

/** The private key of a co-op's issuer: HMAC-SHA-256 of the co-op's id under the root key, as a number below the order. */
export function issuerKeyOf(rootKey: Hex, coopId: string): Hex {
  const hash = createHmac('sha256', Buffer.from(rootKey.slice(2), 'hex'))
    .update(coopId)
    .digest('hex');
  const reduced = (BigInt(`0x${hash}`) % (ORDER - 1n)) + 1n;
  return `0x${reduced.toString(16).padStart(64, '0')}`;
}

/** Reads keys from the environment, else from KEYS_DIR on first use, so that a process needs only the files of its own work. */
@Injectable()
export class FileKeys extends KeyRing {
  // Truly private, so that nobody who prints this object prints keys.
  readonly #config: Config;
  readonly #read = new Map<string, Promise<Hex>>();
  // A file is read once, so what was computed from it stays true.
  readonly #prepared = new Map<string, SigningKey>();

  constructor(@Inject(CONFIG) config: Config) {
    super();
    this.#config = config;
  }

  async senderKey(payer: Payer, coopId: string): Promise<Hex> {
    return payer === 'gas' ? this.key('gas') : issuerKeyOf(await this.key('issuer'), coopId);
  }

  signerKey(): Promise<Hex> {
    return this.key('signer');
  }

  nextSignerKey(): Promise<Hex | null> {
    return this.keyIfAny('signer.next');
  }

  coSignerKey(): Promise<Hex | null> {
    return this.keyIfAny('cosigner');
  }

  async signerKeyOf(address: Hex): Promise<SigningKey> {
    const held = this.prepare('signer', await this.signerKey());
    if (held.address === address) return held;
    const key = await this.nextSignerKey();
    const next = key && this.prepare('signer.next', key);
    if (next?.address === address) return next;
    throw new KeyFileError(
      `KEYS_DIR ${this.#config.keysDir} holds no key of the signer ${address}; expected it in signer.key or signer.next.key.`,
    );
  }

  publisherKey(): Promise<Hex> {
    return this.key('publisher');
  }

  async publisherAddress(): Promise<Hex> {
    // A machine that must not hold the publisher's key is given its address in a file instead.
    const path = join(this.#config.keysDir, 'publisher.address');
    const given = this.#config.keys.get('publisher.address');
    const file = given ?? (await readFile(path, 'utf8').catch(() => null));
    if (file === null) return addressOfKey(await this.publisherKey());
    const address = file.trim().toLowerCase();
    // It goes on chain as the one who may anchor, so what is cut short or empty must not get that far.
    if (!ADDRESS.test(address)) throw new KeyFileError(`${path} is not 0x and 40 hexadecimal digits.`);
    return address as Hex;
  }

  async sealKey(): Promise<Buffer> {
    return Buffer.from((await this.key('claim-seal')).slice(2), 'hex');
  }

  /** The address of a key costs as much as a signature by it. */
  private prepare(name: string, key: Hex): SigningKey {
    const known = this.#prepared.get(name) ?? signingKey(key);
    this.#prepared.set(name, known);
    return known;
  }

  private async keyIfAny(name: string): Promise<Hex | null> {
    if (this.#config.keys.has(`${name}.key`)) return this.key(name);
    const present = await access(join(this.#config.keysDir, `${name}.key`)).then(
      () => true,
      () => false,
    );
    return present ? this.key(name) : null;
  }

  private key(name: string): Promise<Hex> {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const reading = this.readKey(name);
    this.#read.set(name, reading);
    // A file that is put in place later is read then; a failure is not remembered.
    reading.catch(() => this.#read.delete(name));
    return reading;
  }

  private async readKey(name: string): Promise<Hex> {
    const path = join(this.#config.keysDir, `${name}.key`);
    const given = this.#config.keys.get(`${name}.key`);
    const source = given === undefined ? path : `${name}.key, as the environment gives it,`;
    const text = given ?? (await textOf(path));
    const key = text.trim().toLowerCase();
    // The curve's library would quote a key out of range in its own words.
    const outOfRange = name !== 'claim-seal' && KEY.test(key) && (BigInt(key) === 0n || BigInt(key) >= ORDER);
    if (outOfRange) throw new KeyFileError(`${source} is no private key: it is zero or beyond the order.`);
    if (!KEY.test(key)) throw new KeyFileError(`${source} is not 0x and 64 hexadecimal digits.`);
    return key as Hex;
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new KeyFileError(`${path} cannot be read; expected a key file that this process may read.`, {
      cause,
    });
  }
}
