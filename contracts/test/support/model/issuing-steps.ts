import type { Hex } from 'viem';

import { compact, signAnchor } from '../batch.ts';
import { lower, type Cast } from './cast.ts';
import { anchor, closeEdition, openEdition, retireSigner, setSigner, voidLast } from './issuing.ts';
import type { Choices } from './random.ts';
import { SERIALS } from './views.ts';
import { NOBODY, type ModelBatch, type World } from './world.ts';

/** One call, and what the model says about it: the name of a refusal, null, or an outcome for each claim of many. */
export type Step = {
  sender: Hex;
  functionName: string;
  args: readonly unknown[];
  expected: string | null | readonly string[];
};
export type Play = { world: World; cast: Cast; choices: Choices; now: number };

const DAY = 86_400;
const STRANGER: Hex = `0x${'11'.repeat(20)}`;

export function aboutIssuer({ world, cast, choices, now }: Play): Step {
  const sender = choices.of(cast.issuers);
  const issuer = world.issuer(sender);
  const functionName = choices.of([
    'setDomain',
    'setMetadataBase',
    'setSigner',
    'retireSigner',
    'setPublisher',
    'setCoSigner',
  ]);
  const step = (argument: string, expected: string | null = null): Step => ({
    sender,
    functionName,
    args: [argument],
    expected,
  });
  if (functionName === 'setDomain') {
    const domain = choices.of(['one.test', 'two.test', '', 'a'.repeat(253), 'a'.repeat(254)]);
    if (domain.length > 253) return step(domain, 'DomainTooLong');
    issuer.domain = domain;
    return step(domain);
  }
  if (functionName === 'setMetadataBase') {
    issuer.base = choices.of(['https://one.test/', 'https://two.test/', '']);
    return step(issuer.base);
  }
  if (functionName === 'setPublisher' || functionName === 'setCoSigner') {
    const [first, second, third, fourth] = cast.keys.map(({ address }) => lower(address));
    const own = functionName === 'setPublisher' ? [first, second, sender] : [third, fourth];
    const address = choices.once(8) ? NOBODY : (choices.of(own) ?? NOBODY);
    if (functionName === 'setPublisher') issuer.publisher = address;
    else issuer.coSigner = address;
    return step(address);
  }
  const signer = choices.of([...cast.signers, NOBODY]);
  const say = functionName === 'setSigner' ? setSigner : retireSigner;
  return step(signer, say(world, sender, signer, now));
}

export function aboutEdition({ world, cast, choices, now }: Play): Step {
  const sender = choices.of(cast.issuers);
  const run = choices.of(cast.runs);
  const edition = cast.editionOf(sender, run);
  if (choices.once(6)) {
    return {
      sender,
      functionName: 'closeEdition',
      args: [edition],
      expected: closeEdition(world, sender, edition),
    };
  }
  const terms = {
    edition,
    size: choices.once(10) ? choices.of([0, 1_000_001]) : 1 + choices.below(SERIALS),
    payout: choices.once(5) ? NOBODY : choices.of(cast.senders),
    royaltyBps: choices.of([0, 1, 500, 1_000, 1_001]),
    anchorUntil: now + choices.of([0, DAY, 30 * DAY, 90 * DAY]),
    objectionSeconds: choices.of([0, 0, 600, 600, 600, DAY, 7 * DAY, 7 * DAY + 60, 90]),
  };
  return {
    sender,
    functionName: 'openEdition',
    args: [
      cast.work,
      run,
      terms.size,
      terms.payout,
      terms.royaltyBps,
      terms.anchorUntil,
      terms.objectionSeconds,
    ],
    expected: openEdition(world, sender, terms, now),
  };
}

export async function anchoring({ world, cast, choices, now }: Play): Promise<Step> {
  const issuer = choices.of(cast.issuers);
  const edition = cast.editionOf(issuer, choices.of(cast.runs));
  const anchored = world.issuer(issuer).editions.get(edition)?.anchored ?? 0;
  const facts = {
    firstSerial: anchored + (choices.once(8) ? choices.below(3) : 1),
    count: choices.once(12) ? 0 : 1 + choices.below(4),
    version: 1 + choices.below(2),
    cosignUntil: choices.once(4) ? now + choices.of([600, DAY, 180 * DAY, 181 * DAY]) : 0,
  };
  const batch = { ...facts, root: cast.rootOf(issuer, edition, facts) };
  const first = cast.tokenIdOf(issuer, edition, batch.firstSerial);
  const signed = !choices.once(4);
  // A publisher that is an account sends by itself; a key signs and anybody sends.
  const key = cast.keys.find(({ address }) => lower(address) === world.issuer(issuer).publisher);
  const signing = key === undefined || choices.once(8) ? choices.of(cast.keys) : key;
  const overOther = choices.once(10);
  const signedFacts = overOther ? { ...batch, cosignUntil: batch.cosignUntil + 1 } : batch;
  const signature = await signAnchor({ ...cast.scene, issuer }, edition, signedFacts, signing);
  const signedBy = overOther ? STRANGER : lower(signing.address);
  const sender = signed || choices.once(3) ? choices.of(cast.senders) : issuer;
  return {
    sender,
    functionName: 'anchor',
    args: [first, batch.count, batch.root, batch.cosignUntil, ...compact(signed ? signature : null)],
    expected: anchor(world, sender, { issuer, edition, batch, signedBy: signed ? signedBy : null }, now),
  };
}

export function voiding(play: Play): Step {
  const { world, cast, choices, now } = play;
  const { issuer, edition } = someEdition(play);
  const batch = someBatch(play, issuer, edition);
  const sender = choices.once(8) ? choices.of(cast.senders) : issuer;
  const { firstSerial, count, root, time, cosignUntil } = batch;
  const tokenIdOf = (serial: number) => cast.tokenIdOf(sender, edition, serial);
  return {
    sender,
    functionName: 'voidLast',
    args: [edition, { firstSerial, count, root, time: BigInt(time), cosignUntil }],
    expected: voidLast(world, sender, edition, batch, now, tokenIdOf),
  };
}

/** Any edition of any issuer, mostly one with a batch that stands. */
export function someEdition({ world, cast, choices }: Play): { issuer: Hex; edition: bigint } {
  const all = cast.issuers.flatMap((issuer) =>
    cast.runs.map((run) => ({ issuer, edition: cast.editionOf(issuer, run) })),
  );
  const busy = all.filter(
    ({ issuer, edition }) => (world.issuer(issuer).editions.get(edition)?.anchored ?? 0) > 0,
  );
  return choices.of(busy.length === 0 || choices.once(10) ? all : busy);
}

/** A batch of this edition, mostly its last, at times with one fact changed, or one that never was. */
export function someBatch({ world, cast, choices, now }: Play, issuer: Hex, edition: bigint): ModelBatch {
  const standing = [...world.issuer(issuer).batches]
    .filter(([place]) => place.startsWith(`${edition.toString()} `))
    .flatMap(([, batch]) => (batch === null ? [] : [batch]));
  const last = standing.toSorted((a, b) => a.firstSerial - b.firstSerial).at(-1);
  if (last === undefined) {
    const facts = { firstSerial: 1, count: 2, version: 1 };
    return { ...facts, cosignUntil: 0, time: now, root: cast.rootOf(issuer, edition, facts) };
  }
  const chosen = choices.once(2) ? last : choices.of(standing);
  return choices.once(12) ? { ...chosen, time: chosen.time + 1 } : chosen;
}
