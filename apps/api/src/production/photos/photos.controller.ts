import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { MAX_PHOTO_BYTES } from '@touchmark/production';
import { raw, type Request, type Response } from 'express';
import { type Actor, Authenticator, mayCall } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { RateLimits } from '../../platform/limits/index.js';
import { AddPhoto, type AddPhotoOutcome } from './add-photo.js';
import { PhotosRepository } from './photos.repository.js';

const PER_PERSON = 120;
const WINDOW_SECONDS = 600;
const STATUS = { PhotoAdded: 201, InputRefused: 422, NotFound: 404, NotReady: 409 } as const;
const readBody = raw({ type: () => true, limit: MAX_PHOTO_BYTES, inflate: false });

/** `POST /photos?coopId=&runId=&unitId=&caption=` with the file as its body, and `GET /photos/<sha256>`. */
@Controller('photos')
export class PhotosController {
  constructor(
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(Database) private readonly database: Database,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(AddPhoto) private readonly photos: AddPhoto,
    @Inject(PhotosRepository) private readonly repository: PhotosRepository,
  ) {}

  @Post()
  async add(
    @Query() query: Readonly<Record<string, unknown>>,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    res.setHeader('Cache-Control', 'no-store');
    const coopId = textOf(query['coopId']).toLowerCase();
    const actor = await this.actorOf(req);
    if (actor === null || actor.kind === 'Anonymous') {
      refuse(res, 401, 'This needs a sign-in. Send "Authorization: Bearer <token>".');
      return;
    }
    if (!mayCall({ roles: ['operator', 'admin'] }, actor, { coopId })) {
      refuse(res, 403, 'Only operators and admins of the co-op may add photos.');
      return;
    }
    if (!(await this.limits.take(`photos:${actor.accountId}`, PER_PERSON, WINDOW_SECONDS))) {
      res.setHeader('Retry-After', String(WINDOW_SECONDS));
      refuse(res, 429, 'Too many photos in a few minutes. Wait, then go on.');
      return;
    }
    const bytes = await bodyOf(req, res);
    if (bytes === null) {
      refuse(res, 413, `A photo has at most ${String(MAX_PHOTO_BYTES)} bytes, and is sent as it is.`);
      return;
    }
    const unitId = textOf(query['unitId']);
    const outcome = await this.photos.run(actor.accountId, {
      ...{ coopId, runId: textOf(query['runId']), unitId: unitId === '' ? null : unitId },
      ...{ caption: textOf(query['caption']), bytes },
    });
    answer(res, outcome);
  }

  /** To everybody once a certificate names it; until then to members of its co-op. Who may not see it learns nothing. */
  @Get(':sha256')
  async show(@Param('sha256') sha256: string, @Req() req: Request, @Res() res: Response): Promise<void> {
    const actor = /^[0-9a-f]{64}$/.test(sha256) ? await this.actorOf(req) : null;
    const coopIds = actor?.kind === 'Person' && actor.method === 'password' ? [...actor.roles.keys()] : [];
    const photo = actor && (await this.repository.byDigest(this.database, sha256, coopIds));
    if (photo === null) {
      res.setHeader('Cache-Control', 'no-store');
      refuse(res, 404, 'There is no such photo that you may see.');
      return;
    }
    if (photo.bytes === null) {
      res.setHeader('Cache-Control', 'no-store');
      refuse(res, 410, 'This photo was taken down. Certificates keep its digest, and their proof stands.');
      return;
    }
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    res.setHeader('Content-Disposition', 'inline');
    if (photo.publishedAt === null) res.setHeader('Cache-Control', 'private, no-store');
    else {
      // It may be taken down one day: who keeps a copy asks again within the hour, by its digest.
      res.setHeader('Cache-Control', 'public, max-age=3600, must-revalidate');
      // Whoever verifies a certificate elsewhere may show its photos.
      res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      res.setHeader('Access-Control-Allow-Origin', '*');
    }
    res.setHeader('ETag', `"${sha256}"`);
    // Not by req.fresh, which sends all of it to whoever says no-cache: a digest never means another photo.
    if (req.headers['if-none-match']?.includes(`"${sha256}"`) === true) res.status(304).end();
    else res.type(photo.type).send(photo.bytes);
  }

  /** Null for a credential that is wrong or over. */
  private async actorOf(req: Request): Promise<Actor | null> {
    try {
      return await this.authenticator.authenticate(req.headers.authorization);
    } catch {
      return null;
    }
  }
}

/** The body as it came; null when it is too long or packed. */
async function bodyOf(req: Request, res: Response): Promise<Uint8Array | null> {
  const failed = await new Promise<boolean>((resolve) => {
    readBody(req, res, (error?: unknown) => {
      resolve(error !== undefined);
    });
  });
  const body: unknown = req.body;
  if (failed) return null;
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function answer(res: Response, outcome: AddPhotoOutcome): void {
  if (outcome.kind !== 'PhotoAdded') {
    res.status(STATUS[outcome.kind]).json(outcome);
    return;
  }
  const { id, unitId, sha256, type, caption } = outcome.photo;
  const status = outcome.added ? STATUS.PhotoAdded : 200;
  res.status(status).json({ kind: outcome.kind, photo: { id, unitId, sha256, type, caption } });
}

function refuse(res: Response, status: number, message: string): void {
  res.status(status).json({ kind: 'Refused', message });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
