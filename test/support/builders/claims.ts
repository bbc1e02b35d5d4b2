import { randomUUID } from 'node:crypto';
import { signDigest, type Hex } from '@touchmark/certificates';
import { openClaimKey } from '../../../apps/api/src/certificates/issue-certificate/seal.js';
import { KeyRing } from '../../../apps/api/src/chain/index.js';
import type { TestApp } from '../app.js';
import { until } from '../until.js';

/** What a page is told before the seal of a piece is used. */
export interface Preparation {
  readonly obstacle: string | null;
  readonly claimedSince: string | null;
  readonly claimKey: string;
  readonly deadline: string;
  readonly proof: { readonly digest: Hex; readonly path: readonly Hex[]; readonly root: Hex } | null;
}

export const prepared = async (
  app: Pick<TestApp, 'gql'>,
  certificateId: string,
  recipient: string,
): Promise<Preparation | null> =>
  (
    await app.gql<{ claimPreparation: Preparation | null }>(
      `query ($id: ID!, $recipient: String!) { claimPreparation(certificateId: $id, recipient: $recipient) {
        obstacle claimedSince claimKey deadline proof { digest path root } } }`,
      { id: certificateId, recipient },
    )
  ).claimPreparation;

/** The key that is sealed with a piece, as its buyer finds it under the seal. */
export async function sealedKeyOf(app: TestApp, certificateId: string): Promise<Hex> {
  const [row] = await app.database.query<{ token_id: string; sealed_claim_key: Buffer }>(
    `select c.token_id, coalesce(r.sealed_claim_key, c.sealed_claim_key) as sealed_claim_key from certificate c
       left join certificate_replacement r on r.certificate_id = c.id and r.sealed_claim_key is not null
         and r.recorded_at is not null where c.id = $1 order by r.recorded_at desc nulls last limit 1`,
    [certificateId],
  );
  if (row === undefined) throw new Error(`There is no certificate ${certificateId}.`);
  const sealKey = await app.nest.get(KeyRing, { strict: false }).sealKey();
  return openClaimKey(sealKey, row.token_id, row.sealed_claim_key);
}

export interface ClaimAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly since?: string | null;
  readonly claim?: { readonly id: string; readonly state: string };
}

export interface ClaimRequest {
  readonly certificateId: string;
  readonly recipient: string;
  readonly deadline: string;
  readonly signature: string;
  readonly requestId: string;
}

/** A claim signed by `key` over what was prepared. */
export async function signedClaim(
  app: Pick<TestApp, 'gql'>,
  certificateId: string,
  recipient: string,
  key: Hex,
): Promise<ClaimRequest> {
  const preparation = await prepared(app, certificateId, recipient);
  if (!preparation?.proof) throw new Error(`Nothing was prepared: ${String(preparation?.obstacle)}.`);
  const { deadline, proof } = preparation;
  const signature = signDigest(key, proof.digest);
  return { certificateId, recipient, deadline, signature, requestId: randomUUID() };
}

export const claimed = async (
  app: Pick<TestApp, 'gql'>,
  input: Partial<ClaimRequest>,
): Promise<ClaimAnswer> =>
  (
    await app.gql<{ claimCertificate: ClaimAnswer }>(
      `mutation ($input: ClaimCertificateInput!) { claimCertificate(input: $input) { __typename
        ... on ClaimRelayed { claim { id state } } ... on Refusal { message } ... on AlreadyClaimed { since } } }`,
      { input },
    )
  ).claimCertificate;

export interface ClaimProgress {
  readonly state: string;
  readonly transactionHash: Hex | null;
  readonly claimedAt: string | null;
  readonly problem: string | null;
}

/** Waits until a claim has come to `state`. */
export const claimIn = (app: Pick<TestApp, 'gql'>, id: string, state: string): Promise<ClaimProgress> =>
  until(
    `the claim to be ${state}`,
    async () => {
      const { certificateClaim } = await app.gql<{ certificateClaim: ClaimProgress }>(
        'query ($id: ID!) { certificateClaim(id: $id) { state transactionHash claimedAt problem } }',
        { id },
      );
      return certificateClaim.state === state ? certificateClaim : null;
    },
    30_000,
  );
