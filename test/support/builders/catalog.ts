import { randomBytes, randomUUID } from 'node:crypto';
import type { GraphqlClient } from '../graphql-client.js';
import type { TestCoop } from './membership.js';
import { anAgreement } from './payouts.js';

export interface TestEdition {
  readonly coopId: string;
  readonly workId: string;
  readonly editionId: string;
  readonly gtin: string;
}

export const CREATE_WORK = `mutation ($input: CreateWorkInput!) { createWork(input: $input) {
  __typename ... on Refusal { message } ... on InputRefused { field }
  ... on WorkCreated { work { id sku title recipe { position cellKind name setupMinutes minutesPerUnit } } } } }`;

export const CREATE_EDITION = `mutation ($input: CreateEditionInput!) { createEdition(input: $input) {
  __typename ... on Refusal { message } ... on InputRefused { field } ... on NotFound { what }
  ... on EditionCreated { edition { id size unitPriceMinor currency gtin made work { id } } } } }`;

export interface WorkAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly work?: { readonly id: string; readonly sku: string; readonly recipe: readonly object[] };
}

export interface EditionAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly what?: string;
  readonly edition?: { readonly id: string; readonly size: number; readonly gtin: string };
}

/** The input of a work that is accepted. */
export function workInput(coop: Pick<TestCoop, 'coopId'>): Record<string, unknown> {
  return {
    coopId: coop.coopId,
    sku: `HERON-${randomBytes(4).toString('hex').toUpperCase()}`,
    title: 'Heron',
    description: 'A heron in two colours.',
    materials: 'Cotton paper, soy ink',
    recipe: [
      { cellKind: 'print', name: 'Print', setupMinutes: 30, minutesPerUnit: 2 },
      { cellKind: 'qa', name: 'Inspect', setupMinutes: 0, minutesPerUnit: 1 },
    ],
    requestId: randomUUID(),
  };
}

/** A work by the admin of the co-op; returns its id. */
export async function aWork(app: GraphqlClient, coop: TestCoop, overrides: object = {}): Promise<string> {
  const input = { ...workInput(coop), ...overrides };
  const { createWork } = await app.gql<{ createWork: WorkAnswer }>(CREATE_WORK, { input }, coop.admin);
  if (createWork.work === undefined) throw new Error(`Expected a work, got ${JSON.stringify(createWork)}.`);
  return createWork.work.id;
}

/** An edition of 50 at 45.00 with an agreement that gives everything to the admin, unless told otherwise. */
export async function anEdition(
  app: GraphqlClient,
  coop: TestCoop,
  overrides: object = {},
): Promise<TestEdition> {
  const workId = await aWork(app, coop);
  const { versionId } = await anAgreement(app, coop, [coop.admin], ['1']);
  const { coopId } = coop;
  const input = {
    ...{ coopId, workId, size: 50, unitPriceMinor: '4500', agreementVersionId: versionId },
    ...{ requestId: randomUUID(), ...overrides },
  };
  const { createEdition } = await app.gql<{ createEdition: EditionAnswer }>(
    CREATE_EDITION,
    { input },
    coop.admin,
  );
  if (createEdition.edition === undefined)
    throw new Error(`Expected an edition, got ${JSON.stringify(createEdition)}.`);
  return { coopId, workId, editionId: createEdition.edition.id, gtin: createEdition.edition.gtin };
}
