/** Gas of our own calls, each as a receipt of a chain of its own says it: what a user pays, calldata included. */
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { seeded } from '../scripts/vectors/format.ts';
import { anchorArguments, certificate, claimOf, compact, type Batch } from '../test/support/batch.ts';
import { DAY, keys, startScene, type Scene } from '../test/support/scene.ts';
import { splitterGas } from './splitter.ts';

const COUNT = 128;
/** Places of a batch that are claimed: both ends and two between; the dearest counts. */
const PLACES = [0, 1, 77, 127];

export type Ours = {
  open: number;
  anchor128: number;
  perCertificate: number;
  claimWarm: number;
  claimCosigned: number;
  revokeFirst: number;
  revokeNext: number;
  revokeManyEach: number;
  splitterOpen: number;
  splitterWithdraw: number;
};

/** Measures everything; `warm` means: fresh recipient, a path of seven, the second batch of its edition. */
export async function measureOurs(): Promise<
  Ours & { anchor128By: { publisher: number; signature: number } }
> {
  const scene = await startScene();
  const [edition, open] = await openEdition(scene, 'signature');
  const bySignature = await anchorTwice(scene, edition);
  const [ownEdition] = await openEdition(scene, 'publisher');
  const byPublisher = await anchorByPublisher(scene, ownEdition);
  const claimWarm = await dearestClaim(scene, edition, bySignature.batch, false);
  const [cosigned] = await openEdition(scene, 'cosigned');
  const delayed = await anchorTwice(scene, cosigned, (await scene.now()) + 30 * DAY);
  const claimCosigned = await dearestClaim(scene, cosigned, delayed.batch, true);
  const anchor128 = Math.max(bySignature.gas, byPublisher);
  return {
    open,
    anchor128,
    perCertificate: Math.ceil((open + anchor128) / COUNT),
    claimWarm,
    claimCosigned,
    ...(await revokeGas(scene, edition)),
    ...(await splitterGas()),
    anchor128By: { publisher: byPublisher, signature: bySignature.gas },
  };
}

async function gasOf(scene: Scene, hash: Hex): Promise<number> {
  return Number((await scene.chain.waitForTransactionReceipt({ hash })).gasUsed);
}

async function openEdition(scene: Scene, label: string): Promise<[edition: bigint, gas: number]> {
  const edition = await scene.openEdition({ run: seeded(label), size: 1_000, objectionSeconds: 0 });
  const block = await scene.chain.getBlock({ includeTransactions: true });
  const [transaction] = block.transactions;
  if (transaction === undefined) throw new Error('the block that opened the edition is empty');
  return [edition, await gasOf(scene, transaction.hash)];
}

/** The first batch pays for the first touch of the edition's word; what is measured is the second. */
async function anchorTwice(
  scene: Scene,
  edition: bigint,
  cosignUntil = 0,
): Promise<{ batch: Batch; gas: number }> {
  await scene.receipts.write.anchor(await anchorArguments(scene, edition, 1, COUNT));
  const parameters = await anchorArguments(scene, edition, COUNT + 1, COUNT, cosignUntil);
  const gas = await gasOf(scene, await scene.receipts.write.anchor(parameters));
  const time = BigInt(await scene.now());
  return { batch: { firstSerial: COUNT + 1, count: COUNT, root: parameters[2], time, cosignUntil }, gas };
}

async function anchorByPublisher(scene: Scene, edition: bigint): Promise<number> {
  await scene.asIssuer.write.setPublisher([scene.collector]);
  const unsigned = async (firstSerial: number) => {
    const [id, count, root] = await anchorArguments(scene, edition, firstSerial, COUNT);
    return scene.asCollector.write.anchor([id, count, root, 0, ...compact(null)]);
  };
  await unsigned(1);
  const sent = await unsigned(COUNT + 1);
  await scene.asIssuer.write.setPublisher([keys.publisher.address]);
  return gasOf(scene, sent);
}

async function dearestClaim(scene: Scene, edition: bigint, batch: Batch, cosigned: boolean): Promise<number> {
  const used: number[] = [];
  for (const place of PLACES) {
    const recipient = privateKeyToAccount(seeded(`fresh ${String(place)} ${String(cosigned)}`)).address;
    const changes = cosigned ? { recipient, coSigner: keys.coSigner } : { recipient };
    const claim = await claimOf(scene, edition, batch, batch.firstSerial + place, changes);
    used.push(await gasOf(scene, await scene.receipts.write.claim([claim])));
  }
  return Math.max(...used);
}

/** Serials 1 to 64 share no status word with those from 64 on: the first of a word pays for the word. */
async function revokeGas(
  scene: Scene,
  edition: bigint,
): Promise<Pick<Ours, 'revokeFirst' | 'revokeNext' | 'revokeManyEach'>> {
  const revoke = async (...serials: number[]) => {
    const ids = serials.map((serial) => certificate(scene, edition, serial).tokenId);
    return gasOf(scene, await scene.asIssuer.write.revoke([ids, 3]));
  };
  return {
    revokeFirst: await revoke(7),
    revokeNext: await revoke(8),
    revokeManyEach: Math.ceil((await revoke(...Array.from({ length: 10 }, (_, i) => 70 + i))) / 10),
  };
}
