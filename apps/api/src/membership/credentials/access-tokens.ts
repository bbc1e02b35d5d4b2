import { Inject, Injectable } from '@nestjs/common';
import { SignJWT, compactVerify } from 'jose';
import { z } from 'zod';
import { Credentials } from './credentials.js';

const ACCESS_MINUTES = 10;
const ISSUER = 'touchmark';
const HEADER = { alg: 'EdDSA', typ: 'at+jwt' } as const;

const claims = z.object({
  iss: z.literal(ISSUER),
  sub: z.uuid(),
  sid: z.uuid(),
  exp: z.number().int(),
});

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** What a genuine access token says; whether it is still good is for the clock port and the session to say. */
export interface AccessClaims {
  readonly accountId: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

// A token is read for each request of its ten minutes, and a signature that was good stays good: only time and the
// session, which the caller asks for every time, can end it.
const MOST_REMEMBERED = 10_000;

/** Signs and reads access tokens: JWT, EdDSA, ten minutes. */
@Injectable()
export class AccessTokens {
  private readonly genuine = new Map<string, AccessClaims>();

  constructor(@Inject(Credentials) private readonly credentials: Credentials) {}

  async issue(accountId: string, sessionId: string, now: Date): Promise<AccessToken> {
    const issuedAt = Math.floor(now.getTime() / 1000);
    const expiresAt = issuedAt + ACCESS_MINUTES * 60;
    const accessToken = await new SignJWT({ sid: sessionId })
      .setProtectedHeader(HEADER)
      .setIssuer(ISSUER)
      .setSubject(accountId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.credentials.keys.privateKey);
    return { accessToken, expiresAt: new Date(expiresAt * 1000) };
  }

  /** The claims of a token that we signed; null for anything else. Expiry is left to the caller, who knows the clock. */
  async read(token: string): Promise<AccessClaims | null> {
    const known = this.genuine.get(token);
    if (known !== undefined) return known;
    const read = await this.verify(token);
    if (read === null) return null;
    if (this.genuine.size >= MOST_REMEMBERED) this.genuine.clear();
    this.genuine.set(token, read);
    return read;
  }

  private async verify(token: string): Promise<AccessClaims | null> {
    try {
      const { payload, protectedHeader } = await compactVerify(token, this.credentials.keys.publicKey, {
        algorithms: [HEADER.alg],
      });
      if (protectedHeader.typ !== HEADER.typ) return null;
      const parsed = claims.safeParse(JSON.parse(new TextDecoder().decode(payload)));
      if (!parsed.success) return null;
      return {
        accountId: parsed.data.sub,
        sessionId: parsed.data.sid,
        expiresAt: new Date(parsed.data.exp * 1000),
      };
    } catch {
      // However a token is broken, the answer is the same.
      return null;
    }
  }
}
