import { Inject, Injectable } from '@nestjs/common';
import {
  Database,
  Transactions,
  claimRequest,
  newId,
  type Transaction,
} from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { sideOf, type Party, type Side } from '../party.js';
import { ServiceMessagesRepository } from '../service-messages.repository.js';
import type { ServiceOrderType } from '../service-order.types.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';
import { TellParties } from '../tell-parties.js';
import {
  ServiceMessageSent,
  type SendServiceMessageInput,
  type SendServiceMessageOutcome,
} from './send-service-message.types.js';

const LONGEST_TEXT = 4000;
const LONGEST_LINK = 2000;
const MOST_LINKS = 10;
// Databases refuse the null character, and no message needs the others; tab and line breaks are welcome.
const CONTROL = /[^\P{Cc}\t\n\r]/u;

// Parsers are lenient: they mend what a browser would read as a page of ours, and drop what a reader would be fooled by.
const PLAIN_ADDRESS = /^https:\/\/[^\s\p{Cc}\p{Cf}\p{Cs}\\]+$/iu;

/** True for an https address without a user in it; a link is shown to the other side and never opened here. */
function isLink(text: string): boolean {
  if (text.length > LONGEST_LINK || !PLAIN_ADDRESS.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}

function refuse({ text, links }: SendServiceMessageInput): InputRefused | null {
  const { length } = text.trim();
  if (length < 1 || length > LONGEST_TEXT)
    return new InputRefused(
      'text',
      `text has ${String(length)} characters; give 1 to ${String(LONGEST_TEXT)}.`,
    );
  if (CONTROL.test(text))
    return new InputRefused(
      'text',
      'text holds a control character. Send plain text with line breaks at most.',
    );
  if (links.length > MOST_LINKS || !links.every(isLink))
    return new InputRefused(
      'links',
      `links takes at most ${String(MOST_LINKS)} https addresses without a password and white space.`,
    );
  return null;
}

/** Writes to the other side of an order. */
@Injectable()
export class SendServiceMessage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(ServiceMessagesRepository) private readonly messages: ServiceMessagesRepository,
    @Inject(TellParties) private readonly tellParties: TellParties,
  ) {}

  async run(party: Party | null, input: SendServiceMessageInput): Promise<SendServiceMessageOutcome> {
    const { providerId, orderId } = input;
    if (party === null || !isUuid(providerId) || !isUuid(orderId)) return new NotFound('order');
    const order = await this.orders.byId(this.database, { coopId: providerId, id: orderId });
    const side = order === null ? null : sideOf(order, party);
    if (order === null || side === null) return new NotFound('order');
    const refused = refuse(input);
    if (refused !== null) return refused;
    return this.transactions.run<'ServiceMessageSent', SendServiceMessageOutcome>(
      ['ServiceMessageSent'],
      (tx) => this.send(tx, party, order, side, input),
    );
  }

  private async send(
    tx: Transaction,
    { accountId }: Party,
    order: ServiceOrderType,
    side: Side,
    input: SendServiceMessageInput,
  ): Promise<SendServiceMessageOutcome> {
    const { requestId, text, links } = input;
    const id = newId();
    const request = { actorId: accountId, operation: 'sendServiceMessage', requestId, input, subjectId: id };
    const seen = await claimRequest(tx, request);
    if (seen.kind === 'Reused') return new RequestIdReused();
    const { coopId } = order;
    if (seen.kind === 'Seen') {
      const sent = await this.messages.byId(tx, { coopId, id: seen.subjectId });
      return sent === null ? new NotFound('message') : new ServiceMessageSent(sent);
    }
    const message = { coopId, id, orderId: order.id, side, text: text.trim(), links, sentAt: await tx.now() };
    await this.messages.insert(tx, { ...message, authorId: accountId });
    await this.tellParties.wrote(tx, order, side);
    return new ServiceMessageSent(message);
  }
}
