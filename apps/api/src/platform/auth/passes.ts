import type { KnownActor } from './actor.js';

/** Who holds a live connection, and until when its token is good; an API key has no end of its own. */
export interface Pass {
  readonly actor: KnownActor;
  readonly expiresAt: Date | null;
}

/** What a client shows when it connects: a bearer credential, or a ticket that was made for this one connection. */
export interface Credential {
  readonly authorization?: string | undefined;
  readonly ticket?: string | undefined;
}

/** `ended`: session or key are over. `expired`: the token is. `changed`: what the actor may do is not what it was. */
export type PassVerdict = 'holds' | 'ended' | 'expired' | 'changed';

/** Lets actors in to live connections and says later whether they may stay; membership implements it. */
export abstract class Passes {
  /** Throws UNAUTHENTICATED when the credential is missing or wrong. */
  abstract enter(credential: Credential): Promise<Pass>;
  /** A verdict on each pass, in their order, by one statement for all persons and one for all keys. */
  abstract judge(passes: readonly Pass[]): Promise<PassVerdict[]>;
}
