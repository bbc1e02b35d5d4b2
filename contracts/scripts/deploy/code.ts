import { bytesToHex, hexToBytes, keccak256, type Hex } from 'viem';

export type Runtime = {
  codeBytes: number;
  maskedCodeHash: Hex;
  immutables: readonly { start: number; length: number }[];
};

/** Thrown when the code at an address is not what is committed. */
export class CodeDiffersError extends Error {
  override readonly name = 'CodeDiffersError';
}

/** keccak256 of the runtime code with its immutables (chain, address, domain) set to zero. */
export function maskedHashOf(code: Hex, { immutables }: Runtime): Hex {
  const bytes = hexToBytes(code);
  for (const { start, length } of immutables) bytes.fill(0, start, start + length);
  return keccak256(bytesToHex(bytes));
}

/** Checks code read from a chain against the committed one; its own hash and that with immutables at zero. */
export function verifiedCode(
  name: string,
  code: Hex | undefined,
  runtime: Runtime,
): { codeHash: Hex; maskedCodeHash: Hex } {
  if (code === undefined || code === '0x') {
    throw new CodeDiffersError(
      `There is no code where ${name} should be. Ask another node, or deploy again.`,
    );
  }
  const bytes = (code.length - 2) / 2;
  const maskedCodeHash = bytes === runtime.codeBytes ? maskedHashOf(code, runtime) : null;
  if (maskedCodeHash !== runtime.maskedCodeHash) {
    throw new CodeDiffersError(
      `The ${String(bytes)} bytes of ${name} on this chain are not the committed ${String(runtime.codeBytes)}. ` +
        'Check out the commit that was deployed, and trust no look-alike.',
    );
  }
  return { codeHash: keccak256(code), maskedCodeHash };
}
