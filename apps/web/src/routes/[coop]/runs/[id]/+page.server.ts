import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import {
  handOver,
  recordQuality,
  removePhoto,
  runPage,
  takeDownPhoto,
} from '#lib/server/documents/production.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { sendPhoto } from '#lib/server/photos.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url, parent } = event;
  if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { coop, me } = await parent();
  const roles = me?.memberships.find((one) => one.coop.id === coop.id)?.roles ?? [];
  const after = url.searchParams.get('after');
  const [{ run }, { workshop }] = await Promise.all([
    locals.api.ask(runPage, { coopId: coop.id, id: params.id, after }),
    workshopsOf(event, coop.id),
  ]);
  if (run === null) return error(404, `${coop.name} has no such run.`);
  const units = run.units.edges.map(({ node }) => ({ ...node, requestId: randomUUID() }));
  const orders = [...Map.groupBy(units, ({ orderId }) => orderId)].map(([orderId, pieces]) => ({
    orderId,
    pieces,
    requestId: randomUUID(),
  }));
  return {
    run,
    orders,
    mayAdd: roles.some((role) => role === 'OPERATOR' || role === 'ADMIN'),
    added: url.searchParams.has('added'),
    zone: workshop.timeZone,
    from: after,
    after: run.units.pageInfo.hasNextPage ? run.units.pageInfo.endCursor : null,
  };
};

/** The button says how a failed piece is mended; a piece that passes needs no remedy. */
const remedyOf = (verdict: string): 'REMAKE' | 'REFUND' | null =>
  verdict === 'REMAKE' || verdict === 'REFUND' ? verdict : null;

export const actions: Actions = {
  quality: async ({ request, locals }) => {
    const data = await request.formData();
    const failed = remedyOf(text(data, 'verdict'));
    const input = {
      coopId: text(data, 'coopId'),
      unitId: text(data, 'unitId'),
      outcome: failed === null ? ('PASSED' as const) : ('FAILED' as const),
      remedy: failed,
      note: text(data, 'note'),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(recordQuality, { input });
    return outcome.__typename === 'QualityRecorded' ? { done: true } : refuse('quality', data, outcome);
  },
  handOver: async ({ request, locals }) => {
    const data = await request.formData();
    const input = {
      coopId: text(data, 'coopId'),
      orderId: text(data, 'orderId'),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(handOver, { input });
    return outcome.__typename === 'OrderHandedOver' ? { done: true } : refuse('handOver', data, outcome);
  },
  addPhoto: async (event) => {
    const { request, params } = event;
    const data = await request.formData();
    const file = data.get('photo');
    if (!(file instanceof File) || file.size === 0)
      return refuse('addPhoto', data, { field: 'photo', message: 'Choose a photo first.' });
    const [coopId, unitId, caption] = [text(data, 'coopId'), text(data, 'unitId'), text(data, 'caption')];
    const problem = await sendPhoto(event, file, { coopId, runId: params.id, unitId, caption });
    if (problem !== null) return refuse('addPhoto', data, problem);
    return redirect(303, `/${params.coop}/runs/${params.id}?added#photos`);
  },
  removePhoto: async ({ request, locals, params }) => {
    const data = await request.formData();
    const input = { coopId: text(data, 'coopId'), photoId: text(data, 'photoId') };
    const outcome = await locals.api.tell(removePhoto, { input });
    if (outcome.__typename !== 'PhotoRemoved') return refuse('removePhoto', data, outcome);
    return redirect(303, `/${params.coop}/runs/${params.id}#photos`);
  },
  takeDownPhoto: async ({ request, locals, params }) => {
    const data = await request.formData();
    const input = { coopId: text(data, 'coopId'), photoId: text(data, 'photoId'), why: text(data, 'why') };
    const outcome = await locals.api.tell(takeDownPhoto, { input });
    if (outcome.__typename !== 'PhotoTakenDown') return refuse('takeDownPhoto', data, outcome);
    return redirect(303, `/${params.coop}/runs/${params.id}#photos`);
  },
};
