import nodemailer from 'nodemailer';
import { envelopeOf } from './envelope.js';
import { type Mail, Mailer } from './mailer.js';

const PATIENCE_MS = 15_000;

/** Hands mail to an SMTP server. */
export class SmtpMailer extends Mailer {
  private readonly transport;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    this.transport = nodemailer.createTransport({
      url,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
    });
  }

  async send(mail: Mail): Promise<void> {
    await this.transport.sendMail(envelopeOf(mail, this.from));
  }
}
