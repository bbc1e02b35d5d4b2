/** What the contract does about certificates and tokens, said again in plain TypeScript. */
import type { Hex } from 'viem';

import { stands, type Refused } from './issuing.ts';
import { NOBODY, type ModelBatch, type World } from './world.ts';

const SERIAL = (1n << 32n) - 1n;
const serialOf = (tokenId: bigint): number => Number(tokenId & SERIAL);

export function replace(
  world: World,
  sender: Hex,
  tokenId: bigint,
  next: { leaf: Hex; version: number },
  reason: number,
): Refused {
  if (reason === 0 || reason > 14) return 'ReasonInvalid';
  const refused = notAnchored(world, sender, tokenId);
  if (refused !== null) return refused;
  if (BigInt(next.leaf) === 0n) return 'LeafMissing';
  if ((world.statuses.get(tokenId) ?? 0) > 1) return 'CertificateWithdrawn';
  world.statuses.set(tokenId, 1);
  world.replacements.set(tokenId, next);
  return null;
}

export function revoke(world: World, sender: Hex, tokenIds: readonly bigint[], reason: number): Refused {
  if (reason === 0 || reason > 14) return 'ReasonInvalid';
  for (const tokenId of tokenIds) {
    const refused = notAnchored(world, sender, tokenId);
    if (refused !== null) return refused;
  }
  for (const tokenId of tokenIds) {
    if ((world.statuses.get(tokenId) ?? 0) <= 1) world.statuses.set(tokenId, reason + 1);
  }
  return null;
}

function notAnchored(world: World, sender: Hex, tokenId: bigint): Refused {
  if (tokenId >> 96n !== BigInt(sender)) return 'NotIssuer';
  const edition = (tokenId >> 32n) & ((1n << 64n) - 1n);
  const anchored = world.issuer(sender).editions.get(edition)?.anchored ?? 0;
  return serialOf(tokenId) === 0 || serialOf(tokenId) > anchored ? 'SerialUnknown' : null;
}

export type Claim = {
  tokenId: bigint;
  issuer: Hex;
  edition: bigint;
  serial: number;
  recipient: Hex;
  deadline: number;
  batch: ModelBatch;
  /** Version of the certificate that is shown and whose key signed; null for a key of another piece. */
  version: number | null;
  coSigner: Hex | null;
};

/** The outcome of one claim by its name; `Claimed` when the token was given. */
export function claim(world: World, request: Claim, now: number): string {
  const outcome = outcomeOf(world, request, now);
  if (outcome === 'Claimed')
    world.tokens.set(request.tokenId, { owner: request.recipient, approved: NOBODY });
  return outcome;
}

function outcomeOf(world: World, request: Claim, now: number): string {
  const { tokenId, batch, serial } = request;
  const status = world.statuses.get(tokenId) ?? 0;
  const issuer = world.issuer(request.issuer);
  if (now > request.deadline) return 'DeadlinePassed';
  if (request.recipient === NOBODY) return 'RecipientZero';
  if (status > 1) return 'Withdrawn';
  if (world.tokens.has(tokenId)) return 'AlreadyClaimed';
  if (!stands(world, request.issuer, request.edition, batch)) return 'BatchUnknown';
  const objection = issuer.editions.get(request.edition)?.objectionSeconds ?? 0;
  if (now < batch.time + objection) return 'InObjectionTime';
  if (serial < batch.firstSerial || serial >= batch.firstSerial + batch.count) return 'SerialOutsideBatch';
  if (status === 1 && request.version !== world.replacements.get(tokenId)?.version) return 'Superseded';
  if (status === 0 && request.version !== batch.version) return 'NotInBatch';
  if (now <= batch.cosignUntil && (request.coSigner === null || request.coSigner !== issuer.coSigner)) {
    return 'CoSignatureInvalid';
  }
  return 'Claimed';
}

export function reportMissing(world: World, sender: Hex, tokenId: bigint, now: number): Refused {
  const refused = notHolder(world, sender, tokenId);
  if (refused === null) world.missing.set(tokenId, { holder: sender, since: now });
  return refused;
}

export function clearMissing(world: World, sender: Hex, tokenId: bigint): Refused {
  const refused = notHolder(world, sender, tokenId);
  if (refused !== null) return refused;
  return world.missing.delete(tokenId) ? null : 'NotMissing';
}

function notHolder(world: World, sender: Hex, tokenId: bigint): Refused {
  const token = world.tokens.get(tokenId);
  if (token === undefined) return 'ERC721NonexistentToken';
  return token.owner === sender ? null : 'NotHolder';
}

export const operatorOf = (owner: Hex, operator: Hex): string => `${owner} ${operator}`;

export function transfer(world: World, sender: Hex, from: Hex, to: Hex, tokenId: bigint): Refused {
  if (to === NOBODY) return 'ERC721InvalidReceiver';
  const token = world.tokens.get(tokenId);
  if (token === undefined) return 'ERC721NonexistentToken';
  const allowed =
    sender === token.owner ||
    sender === token.approved ||
    world.operators.has(operatorOf(token.owner, sender));
  if (!allowed) return 'ERC721InsufficientApproval';
  if (token.owner !== from) return 'ERC721IncorrectOwner';
  world.tokens.set(tokenId, { owner: to, approved: NOBODY });
  world.missing.delete(tokenId);
  return null;
}

export function approve(world: World, sender: Hex, to: Hex, tokenId: bigint): Refused {
  const token = world.tokens.get(tokenId);
  if (token === undefined) return 'ERC721NonexistentToken';
  if (token.owner !== sender && !world.operators.has(operatorOf(token.owner, sender))) {
    return 'ERC721InvalidApprover';
  }
  token.approved = to;
  return null;
}

export function setApprovalForAll(world: World, sender: Hex, operator: Hex, approved: boolean): Refused {
  if (operator === NOBODY) return 'ERC721InvalidOperator';
  if (approved) world.operators.add(operatorOf(sender, operator));
  else world.operators.delete(operatorOf(sender, operator));
  return null;
}
