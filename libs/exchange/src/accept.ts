/** A quote as its acceptance finds it, instants in epoch milliseconds. */
export interface QuoteToAccept {
  readonly validUntil: number;
  readonly accepted: boolean;
}

export type AcceptDecision =
  | { readonly kind: 'AcceptAllowed' }
  | { readonly kind: 'QuoteExpired'; readonly message: string }
  | { readonly kind: 'QuoteTaken'; readonly message: string };

/** Decides whether a quote may still be accepted: once, and before the instant at which it ends. */
export function decideAccept({ validUntil, accepted }: QuoteToAccept, now: number): AcceptDecision {
  if (accepted) {
    const message = 'This quote was accepted before. Ask for a new quote to order again.';
    return { kind: 'QuoteTaken', message };
  }
  if (now < validUntil) return { kind: 'AcceptAllowed' };
  const message = `This quote was valid until ${new Date(validUntil).toISOString()}. Ask for a new one.`;
  return { kind: 'QuoteExpired', message };
}
