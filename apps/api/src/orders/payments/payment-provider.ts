/** What to take from whom; the same `idempotencyKey` is one charge, however often it is asked. */
export interface CaptureRequest {
  readonly idempotencyKey: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly method: string;
}

/** How a charge stands; `reference` is the provider's own name for it. */
export interface Charge {
  readonly result: 'captured' | 'declined' | 'pending';
  readonly reference: string;
}

/** What to send back of a captured charge; the same `idempotencyKey` is one refund. */
export interface RefundRequest {
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly amountMinor: bigint;
}

/** Thrown when a provider cannot do what it is asked: a bug, or a fault that a later attempt may not meet. */
export class PaymentProviderError extends Error {
  override readonly name = 'PaymentProviderError';
}

/** The payment port. Called from jobs only: it is the network, and no transaction waits for it. */
export abstract class PaymentProvider {
  /** Its name in the table of payments. */
  abstract readonly name: string;
  /** Why `method` cannot be paid with; null when it can. */
  abstract refuses(method: string): string | null;
  /** Takes the money, or answers how an earlier attempt stands. */
  abstract capture(request: CaptureRequest): Promise<Charge>;
  /** Sends money back. */
  abstract refund(request: RefundRequest): Promise<void>;
}
