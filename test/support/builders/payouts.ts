import { randomUUID } from 'node:crypto';
import type { GraphqlClient } from '../graphql-client.js';
import type { TestCoop, TestPerson } from './membership.js';

export interface TestAgreement {
  readonly agreementId: string;
  readonly versionId: string;
  readonly parties: readonly TestPerson[];
}

export const PROPOSE = `mutation ($input: ProposeAgreementInput!) { proposeAgreement(input: $input) {
  __typename ... on Refusal { message } ... on InputRefused { field }
  ... on AgreementProposed { agreement { id name version { id fee active parties { accountId share weight } } } } } }`;

export const APPROVE = `mutation ($input: ApproveAgreementInput!) { approveAgreement(input: $input) {
  __typename ... on Refusal { message } ... on AgreementApproved { agreement { version { active } } } } }`;

interface Proposed {
  readonly proposeAgreement: {
    readonly agreement: { readonly id: string; readonly version: { readonly id: string } };
  };
}

/** An agreement that the parties have not approved yet; `shares` in the order of `parties`. */
export async function aProposal(
  app: GraphqlClient,
  coop: TestCoop,
  parties: readonly TestPerson[],
  shares: readonly string[],
  fee = '0',
): Promise<TestAgreement> {
  const input = {
    coopId: coop.coopId,
    name: 'Split',
    fee,
    parties: parties.map((party, index) => ({ accountId: party.accountId, share: shares[index] })),
    requestId: randomUUID(),
  };
  const { proposeAgreement } = await app.gql<Proposed>(PROPOSE, { input }, coop.admin);
  const { agreement } = proposeAgreement;
  return { agreementId: agreement.id, versionId: agreement.version.id, parties };
}

/** An agreement that every party has approved. */
export async function anAgreement(
  app: GraphqlClient,
  coop: TestCoop,
  parties: readonly TestPerson[],
  shares: readonly string[],
  fee = '0',
): Promise<TestAgreement> {
  const agreement = await aProposal(app, coop, parties, shares, fee);
  for (const party of parties)
    await app.gql(
      APPROVE,
      { input: { coopId: coop.coopId, versionId: agreement.versionId, requestId: randomUUID() } },
      party,
    );
  return agreement;
}
