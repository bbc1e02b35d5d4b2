import type { Hex } from 'viem';

import { EMPTY_PLACE } from '../../../scripts/vectors/format.ts';
import { keyOf } from '../scene.ts';
import {
  approve,
  claim,
  clearMissing,
  replace,
  reportMissing,
  revoke,
  setApprovalForAll,
  transfer,
} from './holding.ts';
import { someBatch, someEdition, type Play, type Step } from './issuing-steps.ts';
import { NOBODY } from './world.ts';

export function marking(play: Play): Step {
  const { world, cast, choices } = play;
  const { issuer, edition } = someEdition(play);
  const anchored = world.issuer(issuer).editions.get(edition)?.anchored ?? 0;
  const serial = () => choices.below(anchored + (choices.once(6) ? 2 : 0)) + 1 - (choices.once(40) ? 1 : 0);
  const sender = choices.once(10) ? choices.of(cast.senders) : issuer;
  const reason = choices.once(12) ? choices.of([0, 15]) : 1 + choices.below(14);
  const idOf = (at: number) => cast.tokenIdOf(issuer, edition, at);
  if (choices.once(2)) {
    const many = Array.from({ length: choices.below(4) }, () => idOf(anchored === 0 ? 1 : serial()));
    return {
      sender,
      functionName: 'revoke',
      args: [many, reason],
      expected: revoke(world, sender, many, reason),
    };
  }
  const at = anchored === 0 ? 1 : serial();
  const version = 1 + choices.below(4);
  const leaf = choices.once(15) ? EMPTY_PLACE : cast.certificateOf(issuer, edition, at, version).leaf;
  return {
    sender,
    functionName: 'replace',
    args: [idOf(at), leaf, reason],
    expected: replace(world, sender, idOf(at), { leaf, version }, reason),
  };
}

/** One claim, mostly of a place of a standing batch with the certificate in force. */
async function someClaim(play: Play) {
  const { world, cast, choices, now } = play;
  const { issuer, edition } = someEdition(play);
  const batch = someBatch(play, issuer, edition);
  const serial = batch.firstSerial + choices.below(batch.count + (choices.once(10) ? 1 : 0));
  const tokenId = cast.tokenIdOf(issuer, edition, serial);
  const inForce = world.replacements.get(tokenId)?.version;
  const replaced = (world.statuses.get(tokenId) ?? 0) === 1 && !choices.once(6);
  const version = replaced && inForce !== undefined ? inForce : choices.once(8) ? 4 : batch.version;
  const recipient = choices.once(15) ? NOBODY : choices.of(cast.senders);
  const deadline = choices.once(12) ? now - 1 : now + choices.below(2) * 600;
  const wrongKey = choices.once(15);
  const coSigner = choices.once(2) ? choices.of(cast.keys.slice(2)) : undefined;
  const request = await cast.claimOf(issuer, edition, batch, serial, {
    recipient,
    deadline: BigInt(deadline),
    version,
    ...(wrongKey ? { claimKey: keyOf('nobody') } : {}),
    ...(coSigner ? { coSigner } : {}),
  });
  return {
    request,
    said: {
      tokenId,
      issuer,
      edition,
      serial,
      recipient,
      deadline,
      batch,
      version: wrongKey ? null : version,
      coSigner: coSigner ? (coSigner.address.toLowerCase() as Hex) : null,
    },
  };
}

export async function claiming(play: Play): Promise<Step> {
  const { world, cast, choices, now } = play;
  const sender = choices.of(cast.senders);
  if (!choices.once(4)) {
    const { request, said } = await someClaim(play);
    const outcome = claim(world, said, now);
    const expected = outcome === 'Claimed' ? null : `ClaimInvalid ${outcome}`;
    return { sender, functionName: 'claim', args: [request], expected };
  }
  const many = [await someClaim(play), await someClaim(play), await someClaim(play)];
  return {
    sender,
    functionName: 'claimMany',
    args: [many.map(({ request }) => request)],
    expected: many.map(({ said }) => claim(world, said, now)),
  };
}

export function holding({ world, cast, choices, now }: Play): Step {
  const owned = [...world.tokens];
  const [tokenId, token] =
    owned.length === 0 || choices.once(12)
      ? [cast.tokenIdOf(choices.of(cast.issuers), 1n, 1), undefined]
      : choices.of(owned);
  const owner = token?.owner ?? choices.of(cast.senders);
  const sender = choices.once(4) ? choices.of(cast.senders) : owner;
  const other = choices.once(12) ? NOBODY : choices.of(cast.senders);
  const step = (functionName: string, args: readonly unknown[], expected: string | null): Step => ({
    sender,
    functionName,
    args,
    expected,
  });
  switch (choices.below(6)) {
    case 0:
      return step('reportMissing', [tokenId], reportMissing(world, sender, tokenId, now));
    case 1:
      return step('clearMissing', [tokenId], clearMissing(world, sender, tokenId));
    case 2:
      return step('approve', [other, tokenId], approve(world, sender, other, tokenId));
    case 3: {
      const approved = !choices.once(3);
      return step('setApprovalForAll', [other, approved], setApprovalForAll(world, sender, other, approved));
    }
    default: {
      const from = choices.once(10) ? choices.of(cast.senders) : owner;
      const args = [from, other, tokenId];
      const safely = choices.of(['no', 'yes', 'with data']);
      const expected = transfer(world, sender, from, other, tokenId);
      if (safely === 'no') return step('transferFrom', args, expected);
      return step('safeTransferFrom', safely === 'yes' ? args : [...args, '0x1234'], expected);
    }
  }
}
