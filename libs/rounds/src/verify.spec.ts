import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  allocate,
  canonicalRound,
  commitmentOf,
  drawKey,
  pseudonymOf,
  requestsDigest,
  ROUND_RULE,
  RoundInputError,
  seedOf,
  verifyRound,
  type RoundDocument,
} from './index.js';

const secret = 'ab'.repeat(32);
const hash = `0x${'12'.repeat(32)}`;
const requests = [
  { pseudonym: 'aa', pastWins: 0, first: 1, second: 2 },
  { pseudonym: 'bb', pastWins: 0, first: 1, second: null },
  { pseudonym: 'cc', pastWins: 1, first: 1, second: 2 },
];
const seed = seedOf(secret, hash);
const slots = [1, 2, 3].map((number) => ({
  ...{ number, stationId: `station ${String(number)}` },
  ...{ fromAt: '2026-12-01T09:00:00.000Z', toAt: '2026-12-01T11:00:00.000Z' },
}));
const drawn: RoundDocument = {
  ...{
    rule: ROUND_RULE,
    roundId: 'round',
    cellId: 'cell',
    state: 'drawn',
    cap: 1,
    slots,
    requests,
    secret,
    seed,
  },
  ...{ openedAt: '2026-11-20T12:00:00.000Z', deadlineAt: '2026-11-21T12:00:00.000Z' },
  commitment: commitmentOf(secret),
  requestsDigest: requestsDigest(requests),
  block: { chainId: 31337, number: 7, hash, time: '2026-11-21T12:00:01.000Z' },
  wins: allocate({ slots: [1, 2, 3], requests, cap: 1, seed }),
};
const witness = {
  chainId: 31337,
  hash,
  at: Date.parse('2026-11-21T12:00:01Z'),
  beforeAt: Date.parse('2026-11-21T12:00:00Z'),
};
const wrongs = (round: unknown, chain = witness): string[] =>
  verifyRound(round, chain)
    .findings.filter((one) => !one.holds)
    .map((one) => one.text);

describe('the hashes of a round', () => {
  it('are SHA-256 of bytes, as anybody can make them', () => {
    const sha = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
    expect(commitmentOf(secret)).toBe(sha(secret));
    expect(seed).toBe(sha(secret + hash.slice(2)));
    expect(drawKey(seed, 'aa')).toBe(sha(seed + Buffer.from('aa').toString('hex')));
  });

  it('name a member by a keyed hash that tells nothing without the salt', () => {
    const mac = createHmac('sha256', Buffer.from(secret, 'hex')).update('account').digest('hex');
    expect(pseudonymOf(secret, 'account')).toBe(mac.slice(0, 32));
  });

  it('throw on what is no hash', () => {
    expect(() => commitmentOf('secret')).toThrow(RoundInputError);
    expect(() => seedOf(secret, '0x12')).toThrow('The block hash must be 32 bytes');
  });
});

describe('a published round', () => {
  it('is right when every line follows from what was published', () => {
    const verdict = verifyRound(JSON.parse(canonicalRound(drawn)), witness);
    expect(verdict).toMatchObject({ right: true, message: 'the published result is right' });
    expect(verdict.findings.map((one) => one.text)).toContain(
      'slot 3 from 2026-12-01T09:00:00.000Z: nobody asked in time',
    );
  });

  it('has the same bytes in whatever order its requests are read', () => {
    expect(canonicalRound({ ...drawn, requests: requests.toReversed() })).toBe(canonicalRound(drawn));
  });

  it.each<[string, Partial<RoundDocument>, string]>([
    ['another secret', { secret: 'cd'.repeat(32) }, 'the secret is the one committed to at the opening'],
    [
      'another block',
      {
        block: { chainId: 31337, number: 7, hash: `0x${'13'.repeat(32)}`, time: '2026-11-21T12:00:01.000Z' },
      },
      'the seed follows from the secret and the block hash',
    ],
    [
      'a block from before the deadline',
      { block: { chainId: 31337, number: 7, hash, time: '2026-11-21T12:00:00.000Z' } },
      'block 7 is younger than the deadline',
    ],
    [
      'an altered request',
      { requests: requests.map((one) => ({ ...one, first: 3 })) },
      'the requests, past wins and what quotas do not cover are those fixed at the deadline',
    ],
    [
      'altered past wins',
      { requests: requests.map((one) => ({ ...one, pastWins: one.pastWins + 1 })) },
      'the requests, past wins and what quotas do not cover are those fixed at the deadline',
    ],
    [
      'a quota that was not there at the deadline',
      { requests: requests.map((one) => ({ ...one, beyondQuota: ['second' as const] })) },
      'the requests, past wins and what quotas do not cover are those fixed at the deadline',
    ],
    [
      'a request twice',
      { requests: [...requests, ...requests.slice(0, 1)] },
      'each pseudonym and each slot is there once',
    ],
    ['another winner', { wins: [{ slot: 1, pseudonym: 'cc', choice: 1 }] }, 'slot 1 from'],
    [
      'a slot that is not in the round',
      { wins: [...(drawn.wins ?? []), { slot: 9, pseudonym: 'cc', choice: 1 }] },
      'slot 9 was given out and is not in the round',
    ],
  ])('is wrong with %s', (_, change, said) => {
    const verdict = verifyRound({ ...drawn, ...change }, witness);
    expect(verdict).toMatchObject({ right: false, message: 'the published result is wrong' });
    expect(wrongs({ ...drawn, ...change }).some((text) => text.startsWith(said))).toBe(true);
  });

  it('is wrong when the chain has another block there, or an earlier one after the deadline', () => {
    expect(wrongs(drawn, { ...witness, hash: `0x${'13'.repeat(32)}` })).toEqual([
      'the chain has this block at number 7',
    ]);
    expect(wrongs(drawn, { ...witness, beforeAt: witness.at })).toEqual([
      'on the chain it is the first block after the deadline',
    ]);
  });

  it('is nothing to judge before it is drawn, or when it is no round', () => {
    const open = {
      ...drawn,
      state: 'open',
      block: null,
      secret: null,
      seed: null,
      wins: null,
      requestsDigest: null,
    };
    expect(verifyRound(open)).toMatchObject({
      right: null,
      message: 'The round is open; come back after the draw.',
    });
    expect(verifyRound({ ...open, state: 'called_off' }).message).toBe(
      'The round was called off; nothing is drawn.',
    );
    for (const none of [null, [], 'round', {}, { ...drawn, seed: null }, { ...drawn, wins: [{}] }])
      expect(verifyRound(none)).toMatchObject({ right: null, findings: [] });
  });
});
