/** What the contract does about issuers and editions, said again in plain TypeScript; each answers a refusal or null. */
import type { Hex } from 'viem';

import { NOBODY, placeOf, type ModelBatch, type World } from './world.ts';

export type Refused = string | null;

const DAY = 86_400;

export function setSigner(world: World, sender: Hex, signer: Hex, now: number): Refused {
  const { signers } = world.issuer(sender);
  if (signer === NOBODY) return 'SignerZero';
  if (signers.has(signer)) return 'SignerKnown';
  signers.set(signer, { validFrom: now, retiredAt: 0 });
  return null;
}

export function retireSigner(world: World, sender: Hex, signer: Hex, now: number): Refused {
  const period = world.issuer(sender).signers.get(signer);
  if (period?.retiredAt !== 0) return 'SignerNotInForce';
  period.retiredAt = now;
  return null;
}

export type Terms = {
  edition: bigint;
  size: number;
  payout: Hex;
  royaltyBps: number;
  anchorUntil: number;
  objectionSeconds: number;
};

export function openEdition(world: World, sender: Hex, { edition, ...terms }: Terms, now: number): Refused {
  const { editions } = world.issuer(sender);
  if (terms.size === 0 || terms.size > 1_000_000) return 'SizeInvalid';
  if (terms.royaltyBps > 1_000) return 'RoyaltyInvalid';
  if (terms.royaltyBps !== 0 && terms.payout === NOBODY) return 'PayoutMissing';
  if (terms.anchorUntil <= now) return 'AnchorUntilPast';
  if (terms.objectionSeconds > 7 * DAY || terms.objectionSeconds % 60 !== 0) return 'ObjectionInvalid';
  if (editions.has(edition)) return 'EditionExists';
  editions.set(edition, { ...terms, anchored: 0 });
  return null;
}

export function closeEdition(world: World, sender: Hex, edition: bigint): Refused {
  const found = world.issuer(sender).editions.get(edition);
  if (found === undefined) return 'EditionUnknown';
  found.size = found.anchored;
  return null;
}

export type Anchoring = {
  issuer: Hex;
  edition: bigint;
  batch: Omit<ModelBatch, 'time'>;
  /** Who signed exactly this batch; null when it is sent without a signature. */
  signedBy: Hex | null;
};

export function anchor(
  world: World,
  sender: Hex,
  { issuer: at, edition, batch, signedBy }: Anchoring,
  now: number,
): Refused {
  const issuer = world.issuer(at);
  const found = issuer.editions.get(edition);
  if (found === undefined) return 'EditionUnknown';
  if (batch.firstSerial !== found.anchored + 1) return 'AnchorOutOfOrder';
  if (batch.count === 0 || batch.count > Math.min(found.size - found.anchored, 65_536)) return 'CountInvalid';
  if (now > found.anchorUntil) return 'AnchoringEnded';
  if (batch.cosignUntil !== 0) {
    if (batch.cosignUntil > now + 180 * DAY) return 'CosignTooLong';
    if (issuer.coSigner === NOBODY) return 'CoSignerMissing';
  }
  const place = placeOf(edition, batch.firstSerial);
  if (signedBy !== null && issuer.batches.get(place) === null && issuer.voided.has(nameOf(edition, batch))) {
    return 'AnchorVoided';
  }
  if ((signedBy ?? sender) !== issuer.publisher) return 'NotPublisher';
  found.anchored += batch.count;
  issuer.batches.set(place, { ...batch, time: now });
  return null;
}

export function voidLast(
  world: World,
  sender: Hex,
  edition: bigint,
  batch: ModelBatch,
  now: number,
  tokenIdOf: (serial: number) => bigint,
): Refused {
  const issuer = world.issuer(sender);
  const found = issuer.editions.get(edition);
  if (found === undefined) return 'EditionUnknown';
  if (!stands(world, sender, edition, batch)) return 'BatchUnknown';
  if (batch.firstSerial + batch.count - 1 !== found.anchored) return 'BatchNotLast';
  if (now >= batch.time + found.objectionSeconds) return 'ObjectionEnded';
  issuer.batches.set(placeOf(edition, batch.firstSerial), null);
  issuer.voided.add(nameOf(edition, batch));
  found.anchored = batch.firstSerial - 1;
  for (let i = 0; i < batch.count; i += 1) world.statuses.delete(tokenIdOf(batch.firstSerial + i));
  return null;
}

/** Whether exactly this batch is anchored. */
export function stands(world: World, issuer: Hex, edition: bigint, batch: ModelBatch): boolean {
  const found = world.issuer(issuer).batches.get(placeOf(edition, batch.firstSerial));
  if (!found) return false;
  const facts = ['root', 'count', 'time', 'cosignUntil'] as const;
  return facts.every((fact) => found[fact] === batch[fact]);
}

const nameOf = (edition: bigint, batch: Omit<ModelBatch, 'time'>): string =>
  [edition, batch.firstSerial, batch.count, batch.root].join(' ');
