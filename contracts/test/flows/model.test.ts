import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { playStory } from '../support/model/play.ts';

const proof = process.env['TOUCHMARK_PROOF'] === '1';
const SEEDS = proof ? Array.from({ length: 40 }, (_, i) => i + 1) : [1, 2];

describe('the reference model', () => {
  const endings = new Map<string, number>();
  for (const seed of SEEDS) {
    it(`agrees with the contract after each of 300 random calls, story ${String(seed)}`, async () => {
      for (const [ending, count] of await playStory(seed, 300)) {
        endings.set(ending, (endings.get(ending) ?? 0) + count);
      }
    });
  }

  it('saw every call go through and most of them refused', () => {
    const done = [
      'setDomain done',
      'setMetadataBase done',
      'setSigner done',
      'retireSigner done',
      'setPublisher done',
      'setCoSigner done',
      'openEdition done',
      'closeEdition done',
      'anchor done',
      'voidLast done',
      'claim done',
      'claimMany Claimed',
      'replace done',
      'revoke done',
      'reportMissing done',
      'clearMissing done',
      'transferFrom done',
      'safeTransferFrom done',
      'approve done',
      'setApprovalForAll done',
    ];
    assert.deepEqual(
      done.filter((ending) => !endings.has(ending)),
      [],
    );
    assert.ok(endings.size >= 45, [...endings].map((ending) => ending.join(': ')).join('\n'));
  });
});
