/** A person's place in one co-op. */
export const ROLES = ['member', 'operator', 'treasurer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What an API key of a brand may be given. */
export const SCOPES = [
  'capacity:read',
  'catalog:read',
  'orders:write',
  'exchange:read',
  'exchange:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Nobody in particular. */
export interface Anonymous {
  readonly kind: 'Anonymous';
}

/** A person. Roles count only when they signed in with their password; a code by mail makes a collector. */
export interface Person {
  readonly kind: 'Person';
  readonly accountId: string;
  readonly sessionId: string;
  readonly method: 'password' | 'code';
  readonly roles: ReadonlyMap<string, ReadonlySet<Role>>;
}

/** A brand, acting by API key. */
export interface Brand {
  readonly kind: 'Brand';
  readonly accountId: string;
  readonly keyId: string;
  readonly scopes: ReadonlySet<Scope>;
}

export type Actor = Anonymous | Person | Brand;
/** An actor with an account. */
export type KnownActor = Person | Brand;

/** Turns the credentials of a request into an actor; membership implements it. Throws UNAUTHENTICATED when they are wrong. */
export abstract class Authenticator {
  abstract authenticate(authorization: string | undefined): Promise<Actor>;
}
