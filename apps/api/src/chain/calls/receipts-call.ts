import { collectorReceiptsAbi } from '@touchmark/contracts';
import { type ContractFunctionArgs, decodeFunctionData, encodeFunctionData } from 'viem';

type Name =
  | 'setDomain'
  | 'setSigner'
  | 'retireSigner'
  | 'setPublisher'
  | 'setCoSigner'
  | 'setMetadataBase'
  | 'openEdition'
  | 'anchor'
  | 'voidLast'
  | 'closeEdition'
  | 'claim'
  | 'replace'
  | 'revoke';

/** A call of the receipts contract with its arguments. */
export type ReceiptsCall = {
  readonly [Key in Name]: {
    readonly functionName: Key;
    readonly args: ContractFunctionArgs<typeof collectorReceiptsAbi, 'nonpayable', Key>;
  };
}[Name];

/** The call data of `call`. */
export function encodeCall(call: ReceiptsCall): `0x${string}` {
  return encodeFunctionData({ abi: collectorReceiptsAbi, ...call });
}

/** The call that `data` encodes; null for a plain transfer. */
export function decodeCall(data: `0x${string}`): ReceiptsCall | null {
  if (data === '0x') return null;
  return decodeFunctionData({ abi: collectorReceiptsAbi, data }) as ReceiptsCall;
}
