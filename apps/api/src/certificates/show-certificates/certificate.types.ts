import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Instant, connectionType } from '../../platform/graphql/index.js';
import type { BatchState } from '../anchor-batches.repository.js';
import type { CertificateStanding } from '../certificates.repository.js';

export const AnchorStateEnum = {
  PROPOSED: 'proposed',
  SIGNED: 'signed',
  ANCHORED: 'anchored',
  REFUSED: 'refused',
  VOIDED: 'voided',
} as const satisfies Record<string, BatchState>;
registerEnumType(AnchorStateEnum, {
  name: 'AnchorState',
  description:
    'PROPOSED waits for the publisher, SIGNED for the chain; ANCHORED stands in a block; VOIDED was taken back from there.',
});

export const CertificateStandingEnum = {
  WAITING: 'waiting',
  ANCHORED: 'anchored',
  CLAIMED: 'claimed',
  WITHDRAWN: 'withdrawn',
  REPLACED: 'replaced',
} as const satisfies Record<string, CertificateStanding>;
registerEnumType(CertificateStandingEnum, {
  name: 'CertificateStanding',
  description:
    'WAITING is not anchored yet; ANCHORED stands and is neither claimed nor withdrawn; CLAIMED has a holder; REPLACED was ' +
    'written anew, whatever became of it then.',
});

/** The signed document of one piece; edition and batch are resolved apart. */
@ObjectType('Certificate')
export class CertificateType {
  coopId!: string;
  editionId!: string;
  batchId!: string | null;
  @Field(() => ID) id!: string;
  @Field(() => Int) serial!: number;
  @Field(() => String, { description: 'uint256 in decimal digits.' }) tokenId!: string;
  @Field(() => String, { description: 'Address of the key that is sealed with the piece.' })
  claimKey!: string;
  @Field(() => String) documentRoot!: string;
  @Field(() => String, { description: 'The EIP-712 digest that the signer signed.' }) digest!: string;
  @Field(() => String) signer!: string;
  @Field(() => String) signature!: string;
  @Field(() => Instant) issuedAt!: Date;
}

export const CertificateConnection = connectionType(CertificateType, 'Certificate');

/** Consecutive certificates that were anchored together. */
@ObjectType('AnchorBatch')
export class AnchorBatchType {
  coopId!: string;
  id!: string;
  @Field(() => Int) firstSerial!: number;
  @Field(() => Int) unitCount!: number;
  @Field(() => String) root!: string;
  @Field(() => AnchorStateEnum) state!: BatchState;
  @Field(() => Instant, { nullable: true, description: 'The time of its block.' }) anchoredAt!: Date | null;
}

/** The published leaves of a batch: whoever builds the tree over them finds the root that is on chain. */
@ObjectType('BatchLeaves')
export class BatchLeavesType {
  @Field(() => Int) firstSerial!: number;
  @Field(() => Int) count!: number;
  @Field(() => String) root!: string;
  @Field(() => [String], { description: 'In the order of the serials.' }) leaves!: string[];
  @Field(() => [String], { description: 'The certificate digests, in the same order.' }) digests!: string[];
}
