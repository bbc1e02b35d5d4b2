import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { hearTag, isMacOf, isTapCode, judgeTap, readingKeyOf, tagKeysOf, tapWords } from '@touchmark/taps';
import { Database, type Queryable } from '../../platform/database/index.js';
import type { Piece } from '../piece.js';
import { TagKeyRing } from '../tag-keys.js';
import { type Tag, TagsRepository } from '../tags.repository.js';
import type { TapInput, TapType } from '../taps.types.js';

/** A code that the tag of the piece made. */
export interface TapHeard {
  readonly kind: 'TapHeard';
  readonly tag: Tag;
  readonly counter: number;
}

/** Why a code says nothing about the piece. */
export interface TapUnheard {
  readonly kind: 'TapUnheard';
  readonly state: 'UNKNOWN_TAG' | 'BAD_CODE';
}

/** What a page may use as the name of its browser's session. */
export const TAP_SESSION = /^[A-Za-z0-9_-]{16,128}$/;

/** The session as it is stored, so that nobody who reads the table can show what another was shown. */
export function sessionHash(session: string): Buffer {
  return createHash('sha256').update(`tap:${session}`).digest();
}

/** Reads taps without spending them. */
@Injectable()
export class HearTap {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TagKeyRing) private readonly keys: TagKeyRing,
    @Inject(TagsRepository) private readonly tags: TagsRepository,
  ) {}

  /** Tells which tag made a code, when it is the one in this piece. */
  async hear(piece: Piece, picc: string, mac: string): Promise<TapHeard | TapUnheard> {
    const issuerKey = await this.keys.issuerKeyOf(piece.coopId);
    // Where there is no key, no tag was ever registered.
    if (issuerKey === null) return { kind: 'TapUnheard', state: 'UNKNOWN_TAG' };
    if (!isTapCode(picc, mac)) return { kind: 'TapUnheard', state: 'BAD_CODE' };
    const heard = hearTag(readingKeyOf(issuerKey), picc);
    if (heard.kind === 'TagUnreadable') return { kind: 'TapUnheard', state: 'BAD_CODE' };
    const tag = await this.tags.inUse(this.database, piece.coopId, heard.uid);
    if (tag === null) return { kind: 'TapUnheard', state: 'UNKNOWN_TAG' };
    if (!isMacOf(tagKeysOf(issuerKey, heard.uid, tag.keyVersion).k2, heard, mac))
      return { kind: 'TapUnheard', state: 'BAD_CODE' };
    const { editionId, serial } = tag;
    if (editionId !== piece.editionId || serial !== piece.serial)
      return { kind: 'TapUnheard', state: 'UNKNOWN_TAG' };
    return { kind: 'TapHeard', tag, counter: heard.counter };
  }

  /** What a code is worth to this session right now; nothing is spent by asking. */
  async look(piece: Piece, { picc, mac, session }: TapInput): Promise<TapType> {
    const heard = await this.hear(piece, picc, mac);
    if (heard.kind === 'TapUnheard') return unheard(heard);
    const known = typeof session === 'string' && TAP_SESSION.test(session) ? session : '';
    return this.judge(this.database, heard, sessionHash(known), await this.database.now());
  }

  /** Judges a code by what is known of it. */
  async judge(q: Queryable, { tag, counter }: TapHeard, session: Buffer, now: Date): Promise<TapType> {
    const { lastCounter, shown, newerAt } = await this.tags.shown(q, tag, counter, session);
    const state = judgeTap({
      counter,
      lastCounter,
      shown: shown && { atMs: shown.shownAt.getTime(), here: shown.here },
      nowMs: now.getTime(),
    });
    const at = state === 'STALE' ? (newerAt ?? shown?.shownAt ?? null) : (shown?.shownAt ?? null);
    return tapOf(state, at);
  }
}

export function tapOf(state: TapType['state'], shownAt: Date | null): TapType {
  return { state, shownAt, words: tapWords(state, shownAt?.getTime() ?? null) };
}

export function unheard({ state }: TapUnheard): TapType {
  return tapOf(state, null);
}
