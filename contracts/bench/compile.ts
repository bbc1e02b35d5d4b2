import type { Abi, Hex } from 'viem';

import { compile, EAS } from '../scripts/solc.ts';

const WANTED = {
  OpenZeppelinPeer: 'bench/peers/OpenZeppelinPeer.sol',
  SoladyPeer: 'bench/peers/SoladyPeer.sol',
  Erc721aPeer: 'bench/peers/Erc721aPeer.sol',
  EAS: `${EAS}/EAS.sol`,
  SchemaRegistry: `${EAS}/SchemaRegistry.sol`,
  CollectorReceipts: 'receipts/CollectorReceipts.sol',
} as const;

export type Artifacts = Record<keyof typeof WANTED, { abi: Abi; bytecode: Hex }>;

/** The peers from their npm packages and our contract, compiled in one run with the same settings. */
export function compileAll(): Artifacts {
  const wanted = Object.entries(WANTED);
  const compiled = compile<{ abi: Abi; evm: { bytecode: { object: string } } }>(
    Object.fromEntries(
      wanted.map(([contract, file]) => [file, { [contract]: ['abi', 'evm.bytecode.object'] }]),
    ),
  );
  const artifact = ([contract, file]: [string, string]) => {
    const { abi, evm } = compiled(file, contract);
    return [contract, { abi, bytecode: `0x${evm.bytecode.object}` }];
  };
  return Object.fromEntries(wanted.map(artifact)) as Artifacts;
}
