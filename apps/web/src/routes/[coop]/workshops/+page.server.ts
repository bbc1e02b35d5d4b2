import { randomUUID } from 'node:crypto';
import { error } from '@sveltejs/kit';
import { wallTime } from '@touchmark/calendar';
import { workshopSettings } from '#lib/server/documents/workshop-settings.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { serviceActions } from '#lib/server/stations-out.ts';
import { workshopActions } from '#lib/server/workshop-actions.ts';
import { hoursOf, ownHoursOf, placesOf } from '#lib/server/workshop-places.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import { hoursFields } from '#lib/hours-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  if (!roles.some((role) => role === 'OPERATOR' || role === 'ADMIN'))
    return error(403, `The hours of ${coop.name} are looked after by its operators and admins.`, {
      next: 'When a machine is open is shown in the calendar.',
    });
  const { all, workshop } = await workshopsOf(event, coop.id);
  const { workshop: floor } = await event.locals.api.ask(workshopSettings, {
    coopId: coop.id,
    id: workshop.id,
  });
  const places = placesOf(floor?.cells ?? []);
  const asked = event.url.searchParams.get('of') ?? '';
  const place = places.find(({ id }) => id === asked);
  if (floor === null || place === undefined) return error(404, 'There is no such cell or station.');
  const closures = [...floor.closures, ...floor.cells.flatMap((cell) => cell.closures)]
    .map((closure) => ({
      ...closure,
      place: places.find(({ id }) => id === (closure.stationId ?? closure.cellId ?? ''))?.name ?? '',
    }))
    .sort((a, b) => a.fromAt.localeCompare(b.fromAt));
  return {
    admin: roles.includes('ADMIN'),
    workshop,
    workshops: all,
    places,
    place,
    fields: hoursFields(hoursOf(place, floor)),
    own: ownHoursOf(places, floor),
    closures: closures.filter(({ kind }) => kind !== 'OUT_OF_SERVICE'),
    out: closures
      .filter(({ kind }) => kind === 'OUT_OF_SERVICE')
      .map((closure) => ({ ...closure, requestId: randomUUID() })),
    today: wallTime(workshop.timeZone, Date.now()).epochDay,
    requestId: randomUUID(),
    saved: event.url.searchParams.get('saved'),
  };
};

const { takeOut, giveBack } = serviceActions;
export const actions: Actions = { ...workshopActions, takeOut, giveBack };
