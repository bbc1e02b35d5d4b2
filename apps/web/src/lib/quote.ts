/** What a chosen time would cost now, or why it cannot be held. */
export type Quote =
  | {
      readonly kind: 'priced';
      readonly totalMinor: string;
      readonly currency: string;
      readonly lines: readonly PriceLine[];
      /** Why this station. */
      readonly because: string;
      readonly changeoverMinutes: number;
    }
  | { readonly kind: 'refused'; readonly message: string };

/** One line of a price, in minor units; the lines sum to it. */
export interface PriceLine {
  readonly code: string;
  readonly label: string;
  readonly amountMinor: string;
}
