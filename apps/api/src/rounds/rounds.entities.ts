import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** Slots of a cell that are drawn among those who asked in time. */
@Entity('capacity_round')
@ForeignKey('cell', ['coopId', 'cellId'], ['coopId', 'id'], { name: 'capacity_round_cell' })
@ForeignKey('membership', ['coopId', 'openedBy'], ['coopId', 'accountId'], { name: 'capacity_round_opener' })
@Check('capacity_round_state', `state IN ('open', 'closed', 'drawn', 'called_off')`)
@Check('capacity_round_cap', 'cap BETWEEN 1 AND 2')
@Check('capacity_round_deadline', 'deadline_at > opened_at')
@Check('capacity_round_digest', `(requests_digest IS NULL) = (state IN ('open', 'called_off'))`)
@Check(
  'capacity_round_drawn',
  `num_nonnulls(block_chain_id, block_number, block_hash, block_time, seed, drawn_at) = CASE WHEN state = 'drawn' THEN 6 ELSE 0 END`,
)
@Check('capacity_round_block_after_deadline', 'block_time > deadline_at')
@Index('capacity_round_due', { synchronize: false })
@Index('capacity_round_by_cell', ['coopId', 'cellId', 'id'])
export class CapacityRound {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'capacity_round_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'capacity_round_pkey' })
  id!: string;
  @Column('uuid', { name: 'cell_id' }) cellId!: string;
  @Column('text', { default: 'open' }) state!: string;
  @Column('integer') cap!: number;
  @Column('uuid', { name: 'opened_by' }) openedBy!: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  @Column('timestamptz', { name: 'deadline_at' }) deadlineAt!: Date;
  @Column('text') commitment!: string;
  /** Never read out before the draw. */
  @Column('text') secret!: string;
  /** Never read out at all: it hides who is behind a pseudonym. */
  @Column('text') salt!: string;
  @Column('text', { name: 'requests_digest', nullable: true }) requestsDigest!: string | null;
  @Column('bigint', { name: 'block_chain_id', nullable: true }) blockChainId!: string | null;
  @Column('bigint', { name: 'block_number', nullable: true }) blockNumber!: string | null;
  @Column('text', { name: 'block_hash', nullable: true }) blockHash!: string | null;
  @Column('timestamptz', { name: 'block_time', nullable: true }) blockTime!: Date | null;
  @Column('text', { nullable: true }) seed!: string | null;
  @Column('timestamptz', { name: 'drawn_at', nullable: true }) drawnAt!: Date | null;
}

/** One window on one station that a round gives out. */
@Entity('round_slot')
@ForeignKey('capacity_round', ['coopId', 'roundId'], ['coopId', 'id'], { name: 'round_slot_round' })
@ForeignKey('station', ['coopId', 'stationId'], ['coopId', 'id'], { name: 'round_slot_station' })
@ForeignKey('booking', ['coopId', 'claimId'], ['coopId', 'id'], { name: 'round_slot_claim' })
@ForeignKey('booking', ['coopId', 'bookingId'], ['coopId', 'id'], { name: 'round_slot_booking' })
@ForeignKey('round_request', ['coopId', 'roundId', 'wonBy'], ['coopId', 'roundId', 'accountId'], {
  name: 'round_slot_winner',
})
@Check('round_slot_number', 'number BETWEEN 1 AND 50')
@Check('round_slot_won', '(won_by IS NULL) = (choice IS NULL) AND (booking_id IS NULL OR won_by IS NOT NULL)')
@Index('round_slot_by_winner', { synchronize: false })
export class RoundSlotRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'round_slot_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'round_id', primaryKeyConstraintName: 'round_slot_pkey' })
  roundId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'round_slot_pkey' })
  number!: number;
  @Column('uuid', { name: 'station_id' }) stationId!: string;
  @Column('timestamptz', { name: 'from_at' }) fromAt!: Date;
  @Column('timestamptz', { name: 'to_at' }) toAt!: Date;
  @Column('uuid', { name: 'claim_id' }) claimId!: string;
  @Column('uuid', { name: 'won_by', nullable: true }) wonBy!: string | null;
  @Column('integer', { nullable: true }) choice!: number | null;
  @Column('uuid', { name: 'booking_id', nullable: true }) bookingId!: string | null;
}

/** What one member asks of a round. */
@Entity('round_request')
@Unique('round_request_pseudonym_once', ['coopId', 'roundId', 'pseudonym'])
@ForeignKey('capacity_round', ['coopId', 'roundId'], ['coopId', 'id'], { name: 'round_request_round' })
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], { name: 'round_request_member' })
@ForeignKey('round_slot', ['coopId', 'roundId', 'firstSlot'], ['coopId', 'roundId', 'number'], {
  name: 'round_request_first',
})
@ForeignKey('round_slot', ['coopId', 'roundId', 'secondSlot'], ['coopId', 'roundId', 'number'], {
  name: 'round_request_second',
})
@Check('round_request_two_slots', 'first_slot <> second_slot')
@Check('round_request_beyond_quota', `beyond_quota <@ ARRAY['first', 'second', 'both']`)
export class RoundRequestRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'round_request_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'round_id', primaryKeyConstraintName: 'round_request_pkey' })
  roundId!: string;
  @PrimaryColumn('uuid', { name: 'account_id', primaryKeyConstraintName: 'round_request_pkey' })
  accountId!: string;
  @Column('text') pseudonym!: string;
  @Column('integer', { name: 'first_slot' }) firstSlot!: number;
  @Column('integer', { name: 'second_slot', nullable: true }) secondSlot!: number | null;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @Column('integer', { name: 'past_wins', nullable: true }) pastWins!: number | null;
  @Column('text', { name: 'beyond_quota', array: true, default: () => `'{}'` }) beyondQuota!: string[];
}

export const ROUND_ENTITIES = [CapacityRound, RoundSlotRow, RoundRequestRow];
