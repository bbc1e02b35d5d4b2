import { randomUUID } from 'node:crypto';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { isoOf } from './calendar.js';
import type { Action, Outcome } from './history.js';

const BOOKING = 'id state fromAt toAt family expiresAt station { id } priceLines { code minutes }';

interface Operation {
  readonly name: string;
  readonly fields: string;
}

const claim = (name: string, success: string): Operation => ({
  name,
  fields: `... on ${success} { sequence booking { ${BOOKING} } }`,
});

const OPERATIONS: Readonly<Record<Action['kind'], Operation>> = {
  hold: claim('holdSlot', 'SlotHeld'),
  extend: claim('extendHold', 'HoldExtended'),
  confirm: claim('confirmBooking', 'BookingConfirmed'),
  release: claim('releaseHold', 'HoldReleased'),
  cancel: claim('cancelBooking', 'BookingCancelled'),
  noShow: claim('markNoShow', 'NoShowMarked'),
  checkIn: { name: 'checkIn', fields: '... on CheckedIn { booking { id } }' },
  checkOut: { name: 'checkOut', fields: '... on CheckedOut { booking { id } }' },
  reschedule: claim('rescheduleBooking', 'BookingRescheduled'),
  series: {
    name: 'bookSeries',
    fields: `... on SeriesBooked { sequence series { bookings { ${BOOKING} } } }`,
  },
  join: { name: 'joinWaitingList', fields: '... on WaitingListJoined { sequence entry { id } }' },
  leave: { name: 'leaveWaitingList', fields: '... on WaitingListLeft { sequence entry { id } }' },
  takeOut: {
    name: 'takeOutOfService',
    fields: `... on StationTakenOut { sequence closure { id } moved { ${BOOKING} } left { booking { ${BOOKING} } } }`,
  },
  return: { name: 'returnToService', fields: '... on StationReturned { sequence }' },
};

/** The refusals that carry the number under which they were decided. */
export type Refusals = Readonly<Record<string, readonly string[]>>;

const REFUSALS = `query ($name: String!) { __type(name: $name) { possibleTypes { name interfaces { name } fields { name } } } }`;

interface Union {
  readonly __type: {
    readonly possibleTypes: readonly {
      readonly name: string;
      readonly interfaces: readonly { readonly name: string }[];
      readonly fields: readonly { readonly name: string }[];
    }[];
  };
}

const resultOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Result`;

/** Asks the schema which refusals of each operation are numbered. */
export async function numberedRefusals(app: Pick<GraphqlClient, 'gql'>): Promise<Refusals> {
  const numbered: Record<string, string[]> = {};
  for (const { name } of Object.values(OPERATIONS)) {
    const { __type: union } = await app.gql<Union>(REFUSALS, { name: resultOf(name) });
    numbered[name] = union.possibleTypes
      .filter((type) => type.interfaces.some((one) => one.name === 'Refusal'))
      .filter((type) => type.fields.some((field) => field.name === 'sequence'))
      .map((type) => type.name);
  }
  return numbered;
}

function inputOf(action: Action): object {
  switch (action.kind) {
    case 'hold':
      return { ...placeOf(action), stationId: action.stationId, useCredits: action.useCredits };
    case 'reschedule':
      return { bookingId: action.bookingId, fromAt: isoOf(action.from), toAt: isoOf(action.to) };
    case 'series':
      return {
        ...{ cellId: action.cellId, family: action.family, firstAt: isoOf(action.from) },
        ...{ minutes: action.to - action.from, weeks: action.weeks, useCredits: action.useCredits },
      };
    case 'join': {
      const { cellId, family, minutes, leastMinutes, useCredits } = action;
      const within = { earliestAt: isoOf(action.from), latestAt: isoOf(action.to) };
      return { cellId, family, minutes, leastMinutes, useCredits, ...within };
    }
    case 'leave':
      return { entryId: action.entryId };
    case 'takeOut':
      return {
        ...{ stationId: action.stationId, fromAt: isoOf(action.from), toAt: isoOf(action.to) },
        reason: 'The belt is worn.',
      };
    case 'return':
      return { closureId: action.closureId };
    case 'extend':
    case 'confirm':
    case 'release':
    case 'cancel':
    case 'noShow':
    case 'checkIn':
    case 'checkOut':
      return { bookingId: action.bookingId };
  }
}

const placeOf = ({ cellId, from, to, family }: Extract<Action, { kind: 'hold' }>): object => ({
  ...{ cellId, fromAt: isoOf(from), toAt: isoOf(to), family },
});

/** Asks the API for it, as a client would. */
export async function request(
  app: Pick<GraphqlClient, 'gql'>,
  who: { readonly token: string },
  coopId: string,
  action: Action,
  refusals: Refusals,
): Promise<Outcome> {
  const { name, fields } = OPERATIONS[action.kind];
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const numbered = (refusals[name] ?? []).map((refusal) => `... on ${refusal} { sequence }`).join(' ');
  const query = `mutation ($input: ${type}!) { answer: ${name}(input: $input) {
    __typename ... on Refusal { message } ${fields} ${numbered} } }`;
  const input = { coopId, requestId: randomUUID(), ...inputOf(action) };
  return (await app.gql<{ answer: Outcome }>(query, { input }, { token: who.token })).answer;
}
