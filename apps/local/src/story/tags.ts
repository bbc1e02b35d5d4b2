import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tagKeysOf, tapMac } from '@touchmark/taps';
import { requestIdOf, type Api } from './api.ts';
import type { Player } from './people.ts';
import type { OwnPiece } from './pieces.ts';
import type { Setting } from './setting.ts';

const VERSION = 1;
const UID_AND_COUNTER = 0xc7;
const digestOf = (text: string): Buffer => createHash('sha256').update(`touchmark story: ${text}`).digest();

/** The tag in a piece: at each reading it writes a link that it never wrote before. */
export interface Tag {
  readonly piece: OwnPiece;
  /** The code at its so many-th reading. */
  readonly code: (counter: number) => { readonly picc: string; readonly mac: string };
}

/** A tag is programmed with the keys of the co-op and put into a piece. */
export async function tagIn(
  { coopId }: Setting,
  operator: Player,
  keysDir: string,
  piece: OwnPiece,
): Promise<Tag> {
  const { gtin, serial } = piece;
  const uid = `04${digestOf(`tag of ${coopId} ${gtin} ${String(serial)}`).toString('hex', 0, 6)}`;
  await operator.api.does('registerTag', 'TagRegistered', 'tag { id }', {
    ...{ coopId, gtin, serial, uid, keyVersion: VERSION },
    requestId: requestIdOf(`tag ${uid}`),
  });
  const root = Buffer.from(readFileSync(join(keysDir, 'tags.key'), 'utf8').trim().slice(2), 'hex');
  const issuerKey = createHmac('sha256', root).update(`tags:${coopId}`).digest().subarray(0, 16);
  const { k1, k2 } = tagKeysOf(new Uint8Array(issuerKey), uid, VERSION);
  const code = (counter: number): { readonly picc: string; readonly mac: string } => {
    const plain = Buffer.alloc(16, UID_AND_COUNTER);
    plain.write(uid, 1, 'hex');
    plain.writeUIntLE(counter, 8, 3);
    const cipher = createCipheriv('aes-128-cbc', k1, Buffer.alloc(16)).setAutoPadding(false);
    const picc = Buffer.concat([cipher.update(plain), cipher.final()])
      .toString('hex')
      .toUpperCase();
    return { picc, mac: tapMac(k2, { uid, counter }) };
  };
  return { piece, code };
}

/** The link of the tag at its so many-th reading, as a phone opens it. */
export function tapLink({ piece: { gtin, serial }, code }: Tag, counter: number): string {
  return `/01/${gtin}/21/${String(serial)}?${new URLSearchParams(code(counter)).toString()}`;
}

/** Somebody opens the page of a piece. */
export async function look(api: Api, { gtin, serial }: OwnPiece): Promise<void> {
  await api.does('recordScan', 'ScanRecorded', 'scanNotice', { gtin, serial });
}

/** Somebody opens the link of a tag and asks for it to be checked; the same person has the same browser. */
async function tap(api: Api, { piece, code }: Tag, counter: number, who: string): Promise<void> {
  const { gtin, serial } = piece;
  await look(api, piece);
  await api.does('presentTap', 'TapPresented', 'tap { state }', {
    ...{ gtin, serial, ...code(counter) },
    session: digestOf(`browser of ${who}`).toString('base64url'),
  });
}

/** One tag is tapped by its owner; the link of the other is passed on to people who never had the piece. Told once. */
export async function tapped(
  { coopId }: Setting,
  operator: Player,
  api: Api,
  [own, copied]: readonly [Tag, Tag],
): Promise<void> {
  const known = await operator.api.ask<{ edges: object[] }>(
    `query ($coopId: ID!) { scanAnomalies(coopId: $coopId, first: 1) { edges { cursor } } }`,
    { coopId },
  );
  if (known.edges.length > 0) return;
  await tap(api, own, 1, 'the owner');
  for (const who of ['the owner', 'a friend', 'a stranger', 'another stranger', 'somebody far away'])
    await tap(api, copied, 1, who);
}
