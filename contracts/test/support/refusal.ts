import assert from 'node:assert/strict';

import { BaseError, ContractFunctionRevertedError } from 'viem';

/** What ClaimOutcome numbers mean, in the order of the contract. */
export const CLAIM_OUTCOMES = [
  'Claimed',
  'DeadlinePassed',
  'RecipientZero',
  'Withdrawn',
  'AlreadyClaimed',
  'BatchUnknown',
  'InObjectionTime',
  'SerialOutsideBatch',
  'ClaimSignatureMalformed',
  'Superseded',
  'NotInBatch',
  'CoSignatureInvalid',
] as const;

/** Asserts that a call is refused by the contract with this error, and returns the error's arguments. */
export async function refused(call: Promise<unknown>, errorName: string): Promise<readonly unknown[]> {
  const error: unknown = await call.then(
    () => assert.fail(`expected ${errorName}, but the call went through`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof BaseError)) throw error;
  const revert = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (!(revert instanceof ContractFunctionRevertedError)) throw error;
  assert.equal(revert.data?.errorName, errorName, error.shortMessage);
  return revert.data.args ?? [];
}

/** Asserts that a claim is refused with this outcome. */
export async function claimRefused(
  call: Promise<unknown>,
  outcome: (typeof CLAIM_OUTCOMES)[number],
): Promise<void> {
  const [, found] = await refused(call, 'ClaimInvalid');
  assert.equal(CLAIM_OUTCOMES[Number(found)], outcome);
}
