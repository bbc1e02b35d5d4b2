import { type MakingEvent, asGtin14, isGtin } from '@touchmark/certificates';
import type { Piece } from '../piece.js';
import { type ObjectEvent, OWN_NAMESPACE, OWN_PREFIX, eventHash, hashable } from './event-hash.js';

/** The media type of an EPCIS document in JSON-LD. */
export const EPCIS_TYPE = 'application/ld+json';

const CERTIFICATE = `${OWN_PREFIX}:certificate` as const;

/** An EPCIS 2.0 document. */
export interface EpcisDocument {
  readonly '@context': readonly unknown[];
  readonly type: 'EPCISDocument';
  readonly schemaVersion: '2.0';
  readonly creationDate: string;
  /** The address of the bundle; not within the events, since implementations differ on whether their hash has `certificationInfo`. */
  readonly [CERTIFICATE]: string;
  readonly epcisBody: { readonly eventList: readonly Readonly<Record<string, unknown>>[] };
}

/**
 * The making of a piece as EPCIS 2.0 events, as far as its certificate discloses it: its number was given when the first thing
 * happened to it, then each moment; null when no moment or no GTIN is disclosed. `certificate` is the address of the bundle.
 */
export function epcisDocument(piece: Piece, certificate: string): EpcisDocument | null {
  const { gtin, serial, passedAt, making } = piece;
  const moments = making.events.toSorted((left, right) => left.at.getTime() - right.at.getTime());
  const first = moments[0]?.at ?? passedAt;
  const last = moments.at(-1)?.at ?? passedAt;
  if (gtin === null || !isGtin(gtin) || first === null || last === null) return null;
  const of = {
    ...({ type: 'ObjectEvent', eventTimeZoneOffset: '+00:00' } as const),
    // The canonical form, in which the hash has it: which resolver a code leads to is not part of what happened.
    epcList: [`https://id.gs1.org/01/${asGtin14(gtin)}/21/${serial}`],
  };
  const events: ObjectEvent[] = [
    {
      ...of,
      eventTime: first.toISOString(),
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'in_progress',
      own: {},
    },
    ...moments.map((moment) => ({ ...of, ...happened(moment) })),
  ];
  return {
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { [OWN_PREFIX]: OWN_NAMESPACE },
    ],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: last.toISOString(),
    [CERTIFICATE]: certificate,
    epcisBody: { eventList: events.map(written) },
  };
}

type Happened = Pick<ObjectEvent, 'eventTime' | 'action' | 'bizStep' | 'disposition' | 'own'>;

function happened({ at, until, kind, text, station, operation, result }: MakingEvent): Happened {
  const inspected = kind === 'quality';
  const own = { kind, text, station, operation, result, until: until?.toISOString() ?? null };
  return {
    eventTime: at.toISOString(),
    action: 'OBSERVE',
    // The vocabulary has no word for making a thing that has its number already.
    bizStep: inspected ? 'inspecting' : 'other',
    disposition: inspected ? dispositionOf(result) : 'in_progress',
    own: Object.fromEntries(
      Object.entries(own).flatMap(([name, value]) => {
        const said = name === 'until' ? (value ?? '') : hashable(value ?? '');
        return said === '' ? [] : [[name, said]];
      }),
    ),
  };
}

function dispositionOf(result: string | null): string {
  if (result === 'passed') return 'conformant';
  return result === 'failed' ? 'non_conformant' : 'in_progress';
}

function written(event: ObjectEvent): Readonly<Record<string, unknown>> {
  const { own, ...standard } = event;
  const prefixed = Object.entries(own).map(([name, value]): [string, string] => [
    `${OWN_PREFIX}:${name}`,
    value,
  ]);
  return { eventID: eventHash(event), ...standard, ...Object.fromEntries(prefixed) };
}
