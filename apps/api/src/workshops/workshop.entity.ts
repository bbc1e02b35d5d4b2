import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A microfactory of a co-op: its address and the time zone of its calendar. */
@Entity('workshop')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'workshop_coop' })
export class Workshop {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'workshop_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'workshop_pkey' })
  id!: string;
  @Column('text') name!: string;
  @Column('text') address!: string;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
}
