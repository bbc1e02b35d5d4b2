import { clearMissingCall, isLowerHex, reportMissingCall } from '@touchmark/certificates';
import { addressOfWallet, goToChain, inBlock, type Provider, sendByWallet, WalletProblem } from './wallet.ts';

/** The token of a piece, as a page knows it. */
export interface PieceToken {
  readonly tokenId: string;
  readonly chainId: number;
  readonly contract: string;
}

/** Has the holder's wallet report the piece missing, or take the report back; the contract takes it from nobody else. */
export async function tellMissing(provider: Provider, token: PieceToken, missing: boolean): Promise<void> {
  const { tokenId, chainId } = token;
  const to = token.contract.toLowerCase();
  if (!isLowerHex(to, 20)) throw new WalletProblem('The contract of this piece has no address.');
  const from = await addressOfWallet(provider);
  await goToChain(provider, chainId);
  const data = (missing ? reportMissingCall : clearMissingCall)(BigInt(tokenId));
  await inBlock(provider, await sendByWallet(provider, { from, to, data }));
}
