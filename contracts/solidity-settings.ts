/** One set of compiler settings, for what is deployed and for what it is compared with. */
export const soliditySettings = {
  // Cancun is the newest set of opcodes that every chain we aim at runs, the local one included.
  evmVersion: 'cancun',
  viaIR: true,
  optimizer: { enabled: true, runs: 1_000_000 },
  // No metadata hash: the same source gives the same bytecode wherever the folder stands.
  metadata: { bytecodeHash: 'none', appendCBOR: false },
} as const;
