import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type PhotoRead, readPhoto } from '@touchmark/production';
import { Transactions, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { NotReady, type RunType } from '../production.types.js';
import { RunsRepository } from '../runs.repository.js';
import { UnitsRepository } from '../units.repository.js';
import type { ProductionPhotoType } from './photo.types.js';
import { PhotosRepository } from './photos.repository.js';

/** At most so many photos of a whole run and of one of its pieces (a certificate names all of them), and of all together. */
const MOST_OF_RUN = 24;
const MOST_OF_UNIT = 8;
export const MOST_IN_ALL = 200;
const LONGEST_CAPTION = 200;

export interface PhotoInput {
  readonly coopId: string;
  readonly runId: string;
  /** Null when the photo is of the whole run. */
  readonly unitId: string | null;
  readonly caption: string;
  readonly bytes: Uint8Array;
}

/** The photo is kept; `added` is false when it had been before. */
export interface PhotoAdded {
  readonly kind: 'PhotoAdded';
  readonly added: boolean;
  readonly photo: ProductionPhotoType;
}

export type AddPhotoOutcome = PhotoAdded | InputRefused | NotFound | NotReady;

/** Keeps a photo of a run or of one of its pieces, without what a camera wrote beside it. */
@Injectable()
export class AddPhoto {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RunsRepository) private readonly runs: RunsRepository,
    @Inject(UnitsRepository) private readonly units: UnitsRepository,
    @Inject(PhotosRepository) private readonly photos: PhotosRepository,
  ) {}

  async run(operatorId: string, input: PhotoInput): Promise<AddPhotoOutcome> {
    const caption = input.caption.normalize('NFC').trim();
    if ([...caption].length > LONGEST_CAPTION || /\p{Cc}/u.test(caption))
      return new InputRefused(
        'caption',
        `caption takes one line of at most ${String(LONGEST_CAPTION)} characters.`,
      );
    if (!isUuid(input.runId)) return new NotFound('run');
    if (input.unitId !== null && !isUuid(input.unitId)) return new NotFound('unit');
    const read = readPhoto(input.bytes);
    if (read.kind === 'PhotoRefused') return new InputRefused('photo', read.message);
    return this.transactions.run<'PhotoAdded', AddPhotoOutcome>(['PhotoAdded'], (tx) =>
      this.add(tx, operatorId, { ...input, caption }, read),
    );
  }

  /** Under the lock of the run, which quality is recorded under too: a photo is of a piece before it passed, or it is not. */
  private async add(
    tx: Transaction,
    addedBy: string,
    { coopId, runId, unitId, caption }: PhotoInput,
    { type, bytes }: PhotoRead,
  ): Promise<AddPhotoOutcome> {
    await tx.lock('run', coopId, [runId]);
    const [run] = await this.runs.byKeys(tx, [{ coopId, id: runId }]);
    if (run === undefined) return new NotFound('run');
    const closed = await this.problemOf(tx, run, unitId);
    if (closed !== null) return closed;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if ((await this.photos.takenDown(tx, coopId, [sha256])).size > 0)
      return new InputRefused('photo', 'This photo was taken down, and is not shown again.');
    const all = await this.photos.ofRuns(tx, [run]);
    const there = all.filter((photo) => photo.unitId === unitId);
    const same = there.find((photo) => photo.sha256 === sha256);
    if (same !== undefined) return { kind: 'PhotoAdded', added: false, photo: same };
    const most = unitId === null ? MOST_OF_RUN : MOST_OF_UNIT;
    if (there.length >= most || all.length >= MOST_IN_ALL) {
      const limits = `${String(most)} here and ${String(MOST_IN_ALL)} in the run`;
      return new NotReady(
        `There are as many photos as are kept, ${limits}. Remove one before you add another.`,
      );
    }
    const addedAt = await tx.now();
    const photo = { coopId, id: newId(), runId, unitId, sha256, type, caption, addedAt };
    await this.photos.add(tx, { ...photo, bytes, addedBy });
    const kept = await this.photos.byId(tx, photo);
    if (kept === null) throw new Error(`photo ${photo.id} is not there after it was added`);
    return { kind: 'PhotoAdded', added: true, photo: kept };
  }

  private async problemOf(
    tx: Transaction,
    run: RunType,
    unitId: string | null,
  ): Promise<NotFound | NotReady | null> {
    if (unitId !== null) {
      const unit = await this.units.load(tx, run.coopId, unitId);
      if (unit?.runId !== run.id) return new NotFound('unit');
      if (unit.state !== 'planned')
        return new NotReady(
          'This piece was inspected already; its certificate is written from what was there.',
        );
    }
    return run.state === 'finished'
      ? new NotReady('Every piece of this run was inspected already; their certificates name no later photo.')
      : null;
  }
}
