import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A code sent by mail, good for one sign-in from the browser that asked for it. */
@Entity('sign_in_code')
@Index('sign_in_code_by_email', ['email', 'expiresAt'])
@Check('sign_in_code_tries', `tries BETWEEN 0 AND 5`)
export class SignInCodeEntity {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'sign_in_code_pkey' })
  id!: string;
  @Column('text')
  email!: string;
  @Column('bytea', { name: 'code_hash' })
  codeHash!: Buffer;
  @Column('bytea', { name: 'browser_hash' })
  browserHash!: Buffer;
  @Column('integer', { default: 0 })
  tries!: number;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt!: Date | null;
}
