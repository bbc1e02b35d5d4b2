import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './mailer.js';

/** The mail as nodemailer takes it; the Message-ID lets a mail server drop what a repeated job sends twice. */
export function envelopeOf(mail: Mail, from: string): SendMailOptions {
  const host = from.slice(from.lastIndexOf('@') + 1);
  return {
    from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    messageId: `<${mail.id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    // A text comes from us, but parts of it (names) do not: nothing in it may name a file or an address to load.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
