import type { Hex } from '@touchmark/certificates';
import type { Provider } from './wallet.ts';

/** Who receives a token; with a wallet of theirs in this browser, or by the address alone. */
export interface Recipient {
  readonly address: Hex;
  readonly provider: Provider | null;
}
