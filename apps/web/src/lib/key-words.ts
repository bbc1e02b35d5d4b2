import type { ResultOf } from './graphql.ts';
import type { issuerKeys } from './server/documents/issuer-keys.ts';

export type IssuerKey = ResultOf<typeof issuerKeys>['keysOfIssuer']['edges'][number]['node'];

/** What each kind of key is for. */
export const purposeWords = {
  SIGNER: ['Signer', 'signs certificates'],
  PUBLISHER: ['Publisher', 'signs batches, after judging them again'],
  CO_SIGNER: ['Co-signer', 'signs claims along, while an edition asks for it'],
} as const;

/** Where a key stands in its life, in one or two words. */
export function keyState({ validFrom, retiringAt, retiredAt }: IssuerKey): string {
  if (retiredAt !== null) return 'retired';
  if (retiringAt !== null) return 'being retired';
  return validFrom === null ? 'being named' : 'in force';
}
