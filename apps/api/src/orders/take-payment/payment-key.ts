import { isUuid } from '../../platform/graphql/index.js';
import type { Key } from '../drops.repository.js';

/** The idempotency key under which a provider knows a payment. */
export function paymentKey({ coopId, id }: Key): string {
  return `payment:${coopId}:${id}`;
}

/** The payment that an idempotency key names; null when it names none. */
export function paymentOfKey(text: string): Key | null {
  const [word, coopId = '', id = '', ...rest] = text.split(':');
  return word === 'payment' && rest.length === 0 && isUuid(coopId) && isUuid(id) ? { coopId, id } : null;
}
