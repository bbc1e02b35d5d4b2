import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { Mailer } from '../../platform/mail/index.js';
import { CoopsRepository } from '../coops.repository.js';
import { Credentials } from '../credentials/index.js';
import { InvitationsRepository } from '../invitations.repository.js';
import { linkTo } from '../link.js';

const job = z.object({ coopId: z.uuid(), invitationId: z.uuid() });

/** Sends the link of an invitation, unless it was accepted or has expired meanwhile. */
@Injectable()
export class MailInvitation {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(CoopsRepository) private readonly coops: CoopsRepository,
    @Inject(InvitationsRepository) private readonly invitations: InvitationsRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('mail_invitation', (payload) => this.run(payload));
  }

  private async run(payload: unknown): Promise<void> {
    const { coopId, invitationId } = job.parse(payload);
    const [coop] = await this.coops.byIds(this.database, [coopId]);
    const invitation = await this.invitations.byId(this.database, coopId, invitationId);
    if (coop === undefined || invitation?.acceptedAt !== null) return;
    if (invitation.expiresAt <= (await this.database.now())) return;
    const token = this.credentials.tokenOf('invitation', invitationId);
    await this.mailer.send({
      id: `${invitationId}-invitation`,
      to: invitation.email,
      subject: `Join ${coop.name}`,
      text: [
        `${coop.name} invites you to join as ${invitation.roles.join(', ')}.`,
        `Choose your name and password here:\n${linkTo(this.config, '/invitation', token)}`,
        `The link is good for one use until ${invitation.expiresAt.toISOString()}.`,
        'If you did not expect this, do nothing.',
      ].join('\n\n'),
    });
  }
}
