/** One mail, as plain text. */
export interface Mail {
  /** Names this mail for ever: sent again under the same id it is the same mail. Begins with a UUID version 7. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mail. Called from jobs only, never inside a transaction; throws when the mail was not taken over. */
export abstract class Mailer {
  abstract send(mail: Mail): Promise<void>;
}
