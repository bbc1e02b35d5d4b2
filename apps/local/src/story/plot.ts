import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Api } from './api.ts';
import { book } from './booking.ts';
import { claim, claimPath } from './claiming.ts';
import { HOME, PEER, foundCoop } from './coop.ts';
import { decidedWithin, dropIn, openDrop, order, type OpenDrop } from './drops.ts';
import { equip } from './equipment.ts';
import { genuine, handOver, make } from './making.ts';
import { piecesOf, type OwnPiece } from './pieces.ts';
import { DEMO_PASSWORD, address, collector, invited, member, type Player } from './people.ts';
import { agree, credit, furnish, furnishPeer, type Setting } from './setting.ts';
import { share } from './sharing.ts';
import { look, tagIn, tapLink, tapped, type Tag } from './tags.ts';
import type { StoryTime } from './time.ts';

const DAY = 86_400_000;
export const STORY_DAYS = 21;

export interface Stage {
  readonly api: Api;
  readonly mailDir: string;
  readonly url: string;
  readonly time: StoryTime;
  /** When the story began, on its own clock; the same when it is resumed. */
  readonly begunAt: Date;
  /** The settings of the product, for the command that makes the co-op. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells the person at the screen what has just happened. */
  readonly say: (scene: string, what: string) => void;
}

/** What the start-up tells the person at the screen when the story is over. */
export interface Ending {
  readonly finishedAt: string;
  readonly certificateUrl: string;
  readonly people: { role: string; how: string }[];
}

interface Cast {
  readonly admin: Player;
  readonly makers: readonly [Player, Player, Player];
  readonly operator: Player;
  readonly treasurer: Player;
}

const ORDERS = [
  { buyer: 'collector', key: 'first', quantity: 3, paymentMethod: 'sandbox-accept' },
  { buyer: 'collector-two', key: 'second', quantity: 2, paymentMethod: 'sandbox-accept' },
  { buyer: 'collector-three', key: 'third', quantity: 1, paymentMethod: 'sandbox-delay-120' },
  { buyer: 'collector-three', key: 'declined', quantity: 5, paymentMethod: 'sandbox-decline' },
  { buyer: 'collector-two', key: 'fourth', quantity: 2, paymentMethod: 'sandbox-accept' },
] as const;

/** When the story began: written once, so that a killed story goes on with the same dates. */
export function beginning(file: string): Date {
  if (existsSync(file)) return new Date(readFileSync(file, 'utf8'));
  const at = new Date(Date.now() - STORY_DAYS * DAY);
  writeFileSync(file, at.toISOString());
  return at;
}

/** Plays the main job once, from founding to the open drop, and answers what to show. */
export async function play(stage: Stage): Promise<Ending> {
  const day = (number: number): Date => new Date(stage.begunAt.getTime() + number * DAY);
  const [coop, peer] = await Promise.all([
    foundCoop(stage.api, stage.env, HOME),
    foundCoop(stage.api, stage.env, PEER),
  ]);
  stage.say('day 1', `${coop.slug} is founded, and ${peer.slug} that buys from it`);
  const cast = await gather(stage, coop.id);
  const setting = await furnish(cast.admin, coop);
  const { admin, makers, operator, treasurer } = cast;
  await equip(setting, admin, operator, [admin, operator, treasurer, ...makers]);
  stage.say('day 1', 'members are invited, the workshop has its cells, hours and inks');
  const versionId = await agree(setting, cast.makers, ['7/10', '2/10', '1/10']);
  await credit(setting, cast.makers.slice(0, 2));
  await book(setting, cast.makers[0], 'proofs', 'print', day(1), 'medium-blue');
  stage.say(
    'day 1',
    'a split of 70/20/10 is agreed, two of its three makers choose to be named, machine time is booked',
  );
  const drop = await openDrop(setting, cast.makers[0], versionId, nightFerry(day(8)));
  stage.say('day 2', 'Night Ferry opens: at most 50, in a commit window of a week');
  const orderIds = await sell(stage, setting, drop, day);
  await stage.time.goTo(day(8));
  await dropIn(setting, cast.operator, drop.dropId, ['LOCKED']);
  stage.say('day 9', 'the window closes above its minimum: deposits become sales');
  await make(setting, cast.operator, drop, stage.time);
  stage.say('making', 'the run is made and photographed, one piece is remade, every piece passes');
  const path = await genuine(cast.operator, drop);
  stage.say('certificates', 'signed, anchored on chain, and the first one verifies as genuine');
  await handOver(setting, cast.operator, orderIds);
  stage.say('money', 'orders are handed over, so the split is payable to the cent');
  const pieces = await outInTheWorld(stage, setting, operator, drop, orderIds);
  stage.say('pieces', 'one is claimed by its buyer, two carry a tag');
  await nextDrop(stage, setting, cast.makers[0], versionId, day);
  await stage.time.returnToPresent();
  await book(setting, cast.makers[1], 'this week', 'print', new Date(Date.now() + DAY / 4), 'bright-red');
  await Promise.all([share(setting, admin, operator, day(STORY_DAYS)), furnishPeer(stage.api, peer)]);
  await tapped(setting, operator, stage.api, pieces.tags);
  await look(stage.api, pieces.sealed);
  stage.say('today', 'the next drop is open, and peers may buy what the machines have left');
  return ending(stage, path, coop.slug, pieces);
}

/** What became of the pieces of the first two orders. */
interface OutInTheWorld {
  /** Nobody opened its seal yet. */
  readonly sealed: OwnPiece;
  /** Of the tags in two other pieces, the second had its link passed on. */
  readonly tags: readonly [Tag, Tag];
}

async function outInTheWorld(
  stage: Stage,
  setting: Setting,
  operator: Player,
  drop: OpenDrop,
  [first = '', second = '']: readonly string[],
): Promise<OutInTheWorld> {
  const [sealed, opened] = await piecesOf(setting, operator, drop, first);
  const [own, copied] = await piecesOf(setting, operator, drop, second);
  if (!sealed || !opened || !own || !copied)
    throw new Error('two orders of two pieces and more were expected');
  await claim(stage.api, stage.env, opened, 'collector');
  const keysDir = stage.env['KEYS_DIR'] ?? '';
  const tag = (piece: OwnPiece): Promise<Tag> => tagIn(setting, operator, keysDir, piece);
  return { sealed, tags: [await tag(own), await tag(copied)] };
}

async function gather(stage: Stage, coopId: string): Promise<Cast> {
  const { api, mailDir } = stage;
  const admin = await member(api, 'admin');
  const join = (role: string, name: string, roles: readonly string[]): Promise<Player> =>
    invited(api, mailDir, admin, coopId, { role, name, roles });
  const makers = [
    await join('member', 'Printmaker', ['MEMBER']),
    await join('maker-two', 'Illustrator', ['MEMBER']),
    await join('maker-three', 'Binder', ['MEMBER']),
  ] as const;
  const operator = await join('operator', 'Operator', ['OPERATOR']);
  const treasurer = await join('treasurer', 'Treasurer', ['TREASURER', 'MEMBER']);
  return { admin, makers: [...makers], operator, treasurer };
}

function nightFerry(closesAt: Date) {
  return {
    key: 'night ferry',
    sku: 'NH-FERRY',
    title: 'Night Ferry',
    description: 'A two-colour risograph print of the last ferry home, trimmed by hand and numbered.',
    materials: 'Munken Lynx 240 g, medium blue and bright red soy ink',
    size: 50,
    unitPriceMinor: '4850',
    minimumUnits: 5,
    closesAt,
  };
}

async function sell(
  stage: Stage,
  setting: Setting,
  drop: OpenDrop,
  day: (n: number) => Date,
): Promise<string[]> {
  const kept: string[] = [];
  for (const [index, one] of ORDERS.entries()) {
    await stage.time.goTo(day(2 + index / 4));
    const buyer = await collector(stage.api, stage.mailDir, one.buyer);
    const orderId = await order(setting, buyer, drop, one);
    if (one.paymentMethod.startsWith('sandbox-delay')) await slowPayment(stage, setting, buyer, orderId);
    if (one.paymentMethod !== 'sandbox-decline') kept.push(orderId);
  }
  stage.say('day 3 to 4', `collectors order ${String(kept.length)} times; one card is declined, one is slow`);
  return kept;
}

/** A slow bank counts its delay from when it was asked, so the story walks on minute by minute until it has answered. */
async function slowPayment(stage: Stage, setting: Setting, buyer: Player, orderId: string): Promise<void> {
  for (let minute = 1; minute <= 12; minute += 1) {
    await stage.time.goTo(new Date((await stage.time.now()).getTime() + 60_000));
    // By its delay it has answered in the third minute; a busy machine takes longer to hear of it.
    if (await decidedWithin(setting, buyer, orderId, minute < 4 ? 2_500 : 20_000)) return;
  }
  throw new Error('the slow payment was not decided within twelve minutes');
}

async function nextDrop(
  stage: Stage,
  setting: Setting,
  maker: Player,
  versionId: string,
  day: (n: number) => Date,
): Promise<void> {
  await stage.time.goTo(day(STORY_DAYS - 2));
  const drop = await openDrop(setting, maker, versionId, {
    key: 'low tide',
    sku: 'NH-TIDE',
    title: 'Low Tide',
    description: 'A folded harbour chart in blue, each sheet printed, cut and sleeved in one afternoon.',
    materials: 'Metapaper Rough Warm White 150 g, medium blue soy ink',
    size: 100,
    unitPriceMinor: '3200',
    minimumUnits: 10,
    closesAt: day(STORY_DAYS + 6),
  });
  const buyer = await collector(stage.api, stage.mailDir, 'collector');
  await order(setting, buyer, drop, { key: 'low tide', quantity: 4, paymentMethod: 'sandbox-accept' });
}

async function ending(stage: Stage, path: string, slug: string, pieces: OutInTheWorld): Promise<Ending> {
  const { url, env } = stage;
  const how = (role: string): string => `${address(role)}  ${DEMO_PASSWORD}`;
  const seal = `${url}${await claimPath(env, pieces.sealed)}`;
  const tap = `${url}${tapLink(pieces.tags[0], 2)}`;
  return {
    finishedAt: new Date().toISOString(),
    certificateUrl: `${url}${path}`,
    people: [
      { role: 'member', how: how('member') },
      { role: 'operator', how: how('operator') },
      { role: 'treasurer', how: how('treasurer') },
      { role: 'admin', how: how('admin') },
      { role: 'collector', how: `${address('collector')}  by a code: ${url}/dev/mail shows the mail` },
      { role: 'buyer', how: `${how('buyer')}  of another co-op, buys at ${url}/exchange` },
      { role: 'co-op page', how: `${url}/${slug}` },
      { role: 'open seal', how: `${seal}  claims a piece, once` },
      { role: 'tag', how: `${tap}  is fresh to the first browser that checks it` },
    ],
  };
}
