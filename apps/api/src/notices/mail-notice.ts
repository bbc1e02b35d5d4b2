import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/index.js';
import { Jobs } from '../platform/jobs/index.js';
import { Mailer } from '../platform/mail/index.js';
import { NoticesRepository } from './notices.repository.js';

export const MAIL_NOTICE = 'mail_notice';

const job = z.object({ coopId: z.uuid(), noticeId: z.uuid() });

/** Sends a notice to the address of its receiver. */
@Injectable()
export class MailNotice {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(NoticesRepository) private readonly notices: NoticesRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle(MAIL_NOTICE, (payload) => this.run(payload));
  }

  private async run(payload: unknown): Promise<void> {
    const { coopId, noticeId } = job.parse(payload);
    const notice = await this.notices.mail(this.database, coopId, noticeId);
    if (notice === null) return;
    await this.mailer.send({
      id: `${notice.id}-notice`,
      to: notice.email,
      subject: notice.title,
      text: [
        ...(notice.body === '' ? [] : [notice.body]),
        `${this.config.publicUrl}${notice.link}`,
        `This is a notice of ${notice.coopName}.`,
      ].join('\n\n'),
    });
  }
}
