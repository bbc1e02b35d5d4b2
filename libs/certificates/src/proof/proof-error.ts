/** Why a proof proves nothing: its bytes, a node that is not there, one that is not used, or another block or code. */
export type ProofProblem =
  'MALFORMED' | 'NODE_MISSING' | 'NODE_UNUSED' | 'NODE_ORDER' | 'OTHER_BLOCK' | 'OTHER_CODE' | 'NO_ACCOUNT';

/** Leaves the reading of a proof from any depth; whoever opens a proof turns it into the answer that it carries. */
export class ProofError extends Error {
  override name = 'ProofError';
  constructor(
    readonly problem: ProofProblem,
    message: string,
  ) {
    super(message);
  }
}
