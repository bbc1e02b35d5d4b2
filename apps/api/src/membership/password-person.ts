import { type Actor, accountOf } from '../platform/auth/index.js';
import { forbidden } from '../platform/graphql/index.js';

/** The account id of a person who signed in with a password; a code by mail is not enough to hand out keys. */
export function passwordPersonOf(actor: Actor): string {
  if (actor.kind === 'Person' && actor.method === 'password') return actor.accountId;
  accountOf(actor);
  throw forbidden(
    'Brands and their keys need a sign-in with a password. Sign in with yours, or choose one first.',
  );
}
