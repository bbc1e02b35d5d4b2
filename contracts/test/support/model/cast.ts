import type { Hex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';

import { editionId, leafOf, pathOf, rootOf, seeded, tokenIdOf } from '../../../scripts/vectors/format.ts';
import { certificate, claimOf } from '../batch.ts';
import { keyOf, type Scene } from '../scene.ts';
import type { ModelBatch } from './world.ts';

export const lower = (hex: Hex): Hex => hex.toLowerCase() as Hex;

/** Who plays, with everything that is signed; certificates are made once per serial and version. */
export async function castOf(scene: Scene) {
  const wallets = await scene.viem.getWalletClients();
  const senders = wallets.slice(1, 7).map(({ account }) => lower(account.address));
  const issuers = senders.slice(0, 2);
  const runs = ['one', 'two', 'three'].map((label) => seeded(`run ${label}`));
  const work = seeded('work');
  const keys = ['publisher a', 'publisher b', 'co-signer a', 'co-signer b'].map(keyOf);
  const made = new Map<string, ReturnType<typeof certificate>>();
  const of = (issuer: Hex): Scene => ({ ...scene, issuer });
  const certificateOf = (issuer: Hex, edition: bigint, serial: number, version: number) => {
    const name = [issuer, edition, serial, version].join(' ');
    const found = made.get(name) ?? certificate(of(issuer), edition, serial, version);
    made.set(name, found);
    return found;
  };
  const leavesOf = (
    issuer: Hex,
    edition: bigint,
    { firstSerial, count, version }: Omit<ModelBatch, 'time' | 'root' | 'cosignUntil'>,
  ) => Array.from({ length: count }, (_, i) => certificateOf(issuer, edition, firstSerial + i, version).leaf);
  return {
    senders,
    issuers,
    runs,
    work,
    keys,
    signers: ['signer a', 'signer b'].map((label) => lower(keyOf(label).address)),
    editionOf: (issuer: Hex, run: Hex) => editionId(issuer, work, run),
    certificateOf,
    rootOf: (issuer: Hex, edition: bigint, batch: Omit<ModelBatch, 'time' | 'root' | 'cosignUntil'>) =>
      batch.count === 0 ? seeded('no leaves') : rootOf(leavesOf(issuer, edition, batch)),
    /** A claim as the contract takes it: the certificate of this version, signed by its key or by another. */
    claimOf: async (
      issuer: Hex,
      edition: bigint,
      batch: ModelBatch,
      serial: number,
      changes: {
        recipient: Hex;
        deadline: bigint;
        version: number;
        claimKey?: PrivateKeyAccount;
        coSigner?: PrivateKeyAccount;
      },
    ) => {
      const { firstSerial, count, root, time, cosignUntil } = batch;
      const facts = { firstSerial, count, root, time: BigInt(time), cosignUntil };
      const index = serial - firstSerial;
      const inside = index >= 0 && index < count;
      return {
        ...(await claimOf(of(issuer), edition, facts, serial, changes)),
        path: inside ? pathOf(leavesOf(issuer, edition, batch), index) : [],
      };
    },
    tokenIdOf,
    leafOf,
    scene,
  };
}

export type Cast = Awaited<ReturnType<typeof castOf>>;
