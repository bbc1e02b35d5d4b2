import { getContract, decodeFunctionResult, encodeFunctionData, parseAbi, type Abi, type Hex } from 'viem';

import { collectorReceiptsAbi } from '../../../abi/collector-receipts.ts';
import { commitmentOf } from '../batch.ts';
import type { Scene } from '../scene.ts';
import { lower, type Cast } from './cast.ts';
import { operatorOf } from './holding.ts';
import { NOBODY, placeOf, type World } from './world.ts';

/** The ABI for calls whose name is only known when the story is played. */
export const anyAbi: Abi = collectorReceiptsAbi;

const readerAbi = parseAbi([
  'struct Answer { bool given; bytes words; }',
  'function ask(address target, bytes[] questions) view returns (Answer[] answers)',
]);
/** Editions of the story have at most this many serials. */
export const SERIALS = 8;
const NO_WORD: Hex = `0x${'00'.repeat(32)}`;

type View = { name: string; args: readonly unknown[]; expected: unknown };

/** Every view of the contract over everything that the players can touch, with what the model says it answers. */
export function viewsOf(world: World, cast: Cast): View[] {
  const views: View[] = [];
  const says = (name: string, args: readonly unknown[], expected: unknown) =>
    void views.push({ name, args, expected });
  for (const address of cast.issuers) {
    const issuer = world.issuer(address);
    says('issuerOf', [address], [issuer.domain, issuer.publisher, issuer.coSigner]);
    for (const signer of cast.signers) {
      const { validFrom, retiredAt } = issuer.signers.get(signer) ?? { validFrom: 0, retiredAt: 0 };
      says('signerOf', [address, signer], [BigInt(validFrom), BigInt(retiredAt)]);
    }
    for (const run of cast.runs) editionViews(world, cast, address, run, says);
  }
  for (const owner of cast.senders) {
    says('balanceOf', [owner], BigInt(world.balanceOf(owner)));
    for (const operator of cast.senders) {
      says('isApprovedForAll', [owner, operator], world.operators.has(operatorOf(owner, operator)));
    }
  }
  return views;
}

type Says = (name: string, args: readonly unknown[], expected: unknown) => void;

function editionViews(world: World, cast: Cast, address: Hex, run: Hex, says: Says): void {
  const { base, batches, editions } = world.issuer(address);
  const id = cast.editionOf(address, run);
  const found = editions.get(id);
  const { payout, size, anchored, royaltyBps, anchorUntil, objectionSeconds } = found ?? {
    payout: NOBODY,
    size: 0,
    anchored: 0,
    royaltyBps: 0,
    anchorUntil: 0,
    objectionSeconds: 0,
  };
  const terms = [payout, size, anchored, royaltyBps, anchorUntil, found !== undefined, objectionSeconds];
  says('editionOf', [address, id], terms);
  for (let serial = 1; serial <= SERIALS; serial += 1) {
    const tokenId = cast.tokenIdOf(address, id, serial);
    const batch = batches.get(placeOf(id, serial));
    says(
      'batchOf',
      [address, id, serial],
      batch ? commitmentOf({ ...batch, time: BigInt(batch.time) }) : NO_WORD,
    );
    says('statusOf', [tokenId], world.statuses.get(tokenId) ?? 0);
    says('replacementOf', [tokenId], world.replacements.get(tokenId)?.leaf ?? NO_WORD);
    const { holder, since } = world.missing.get(tokenId) ?? { holder: NOBODY, since: 0 };
    says('missingOf', [tokenId], [holder, BigInt(since)]);
    const token = world.tokens.get(tokenId);
    says('ownerOf', [tokenId], token?.owner ?? null);
    says('getApproved', [tokenId], token?.approved ?? null);
    says('tokenURI', [tokenId], token ? (base === '' ? '' : `${base}${tokenId.toString()}`) : null);
    if (serial === 1) says('royaltyInfo', [tokenId, 20_000n], [payout, 2n * BigInt(royaltyBps)]);
  }
}

/** The views that answer otherwise than the model says, one line each. */
export async function differences(scene: Scene, reader: Hex, views: readonly View[]): Promise<string[]> {
  const many = getContract({ address: reader, abi: readerAbi, client: scene.chain });
  const questions = views.map(({ name, args }) =>
    encodeFunctionData({ abi: anyAbi, functionName: name, args }),
  );
  const answers = await many.read.ask([scene.address, questions]);
  return views.flatMap(({ name, args, expected }, i) => {
    const answer = answers[i];
    const found = answer?.given ? plain(decoded(name, answer.words)) : null;
    return text(found) === text(expected)
      ? []
      : [`${name}(${text(args)}) is ${text(found)}, expected ${text(expected)}`];
  });
}

const decoded = (functionName: string, data: Hex): unknown =>
  decodeFunctionResult({ abi: anyAbi, functionName, data });

const plain = (value: unknown): unknown =>
  typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)
    ? lower(value as Hex)
    : Array.isArray(value)
      ? value.map(plain)
      : value;

const text = (value: unknown): string =>
  JSON.stringify(value, (_, found: unknown) => (typeof found === 'bigint' ? found.toString() : found));
