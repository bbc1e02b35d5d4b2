import { RefreshSession } from '../../../apps/api/src/membership/refresh-session/refresh-session.js';
import { SignIn } from '../../../apps/api/src/membership/sign-in/sign-in.js';
import type { Product, TestMember } from '../../support/builders/membership.js';

interface Session {
  readonly token: string;
  readonly expiresAt: Date;
  readonly refresh: string;
}

/** Sessions that live as a browser's do: signed in once, and renewed when the short token is about to end. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly app: Product) {}

  async token(member: TestMember, now: Date): Promise<string> {
    const known = this.sessions.get(member.accountId);
    const session = known === undefined ? await this.begin(member) : await this.renewed(known, now);
    this.sessions.set(member.accountId, session);
    return session.token;
  }

  private async begin({ email, password }: TestMember): Promise<Session> {
    const signIn = this.app.nest.get(SignIn, { strict: false });
    const outcome = await signIn.run({ email, password, ip: '2001:db8::1' });
    if (outcome.kind !== 'SignedIn') throw new Error(`Expected SignedIn, got ${outcome.kind}.`);
    const { accessToken: token, expiresAt, refresh } = outcome.session;
    return { token, expiresAt, refresh: refresh.token };
  }

  private async renewed(session: Session, now: Date): Promise<Session> {
    if (now < session.expiresAt) return session;
    const outcome = await this.app.nest.get(RefreshSession, { strict: false }).run(session.refresh);
    if (outcome.kind !== 'SessionRefreshed' || outcome.next === null)
      throw new Error(`Expected SessionRefreshed with the next token, got ${outcome.kind}.`);
    const { accessToken: token, expiresAt } = outcome.access;
    return { token, expiresAt, refresh: outcome.next.token };
  }
}
