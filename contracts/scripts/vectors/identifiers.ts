import { numberToHex } from 'viem';

import { editionId, seeded, tokenIdOf } from './format.ts';
import { edition, issuer, run, work } from './scene.ts';

/** Edition ids and token ids, at ordinary values and at the ends of their ranges. */
export function identifierVectors() {
  const editions = [
    { issuer: issuer.address, work, run },
    { issuer: issuer.address, work, run: seeded('another run') },
    { issuer: '0xFFfFfFffFFfffFFfFFfFFFFFffFFFffffFfFFFfF', work, run },
  ] as const;
  const tokens = [
    { issuer: issuer.address, edition, serial: 1 },
    { issuer: issuer.address, edition, serial: 4294967295 },
    { issuer: '0xFFfFfFffFFfffFFfFFfFFFFFffFFFffffFfFFFfF', edition: 2n ** 64n - 1n, serial: 4294967295 },
    { issuer: '0x0000000000000000000000000000000000000001', edition: 0n, serial: 1 },
  ] as const;
  return {
    editions: editions.map((e) => ({ ...e, edition: editionId(e.issuer, e.work, e.run).toString() })),
    tokens: tokens.map((t) => {
      const tokenId = tokenIdOf(t.issuer, t.edition, t.serial);
      const hex = numberToHex(tokenId, { size: 32 });
      return { ...t, edition: t.edition.toString(), tokenId: tokenId.toString(), tokenIdHex: hex };
    }),
  };
}
