import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { coopBySlug } from '#lib/server/documents/membership.ts';
import {
  advanceServiceOrder,
  cancelServiceOrder,
  recordServiceQuality,
  sendServiceMessage,
  serviceOrder,
} from '#lib/server/documents/service-orders.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { type ServiceState, statesAhead, stateWords } from '#lib/service-order-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, parent }) => {
  if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { coop, me } = await parent();
  const { coop: provider } = await locals.api.ask(coopBySlug, { slug: params.provider });
  if (provider === null) return error(404, `No provider here is called “${params.provider}”.`);
  const after = url.searchParams.get('after');
  const asked = { providerId: provider.id, coopId: coop.id, id: params.id, after };
  const { serviceOrder: order, workshops } = await locals.api.ask(serviceOrder, asked);
  if (order === null) return error(404, `${coop.name} has no such order.`);
  const roles = me?.memberships.find((place) => place.coop.id === coop.id)?.roles ?? [];
  const sells = provider.id === coop.id;
  const begun = order.state !== 'ACCEPTED';
  return {
    order,
    zone: workshops.edges[0]?.node.timeZone ?? 'UTC',
    sells,
    next:
      sells && roles.some((role) => role === 'OPERATOR' || role === 'ADMIN')
        ? (statesAhead(order.state)[0] ?? null)
        : null,
    mayCancel:
      roles.some((role) => role === 'TREASURER' || role === 'ADMIN') &&
      statesAhead(order.state).length > 0 &&
      (sells || !begun),
    messages: order.messages.edges.map(({ node }) => node),
    after: order.messages.pageInfo.hasNextPage ? order.messages.pageInfo.endCursor : null,
    requestId: randomUUID(),
  };
};

const stateIn = (typed: string): ServiceState => (typed in stateWords ? (typed as ServiceState) : 'ACCEPTED');

export const actions: Actions = {
  advance: async ({ request, locals, params }) => {
    const data = await request.formData();
    const input = { coopId: text(data, 'coopId'), orderId: params.id, to: stateIn(text(data, 'to')) };
    const outcome = await locals.api.tell(advanceServiceOrder, { input });
    return outcome.__typename === 'ServiceOrderAdvanced' ? { done: true } : refuse('advance', data, outcome);
  },
  quality: async ({ request, locals, params }) => {
    const data = await request.formData();
    const [passed, failed] = [Number(text(data, 'passed') || 'none'), Number(text(data, 'failed') || 'none')];
    if (!Number.isInteger(passed) || !Number.isInteger(failed))
      return refuse('quality', data, { message: 'Give whole numbers of units that passed and that failed.' });
    const input = {
      ...{ coopId: text(data, 'coopId'), orderId: params.id, passed, failed },
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(recordServiceQuality, { input });
    return outcome.__typename === 'ServiceQualityRecorded'
      ? { done: true }
      : refuse('quality', data, outcome);
  },
  message: async ({ request, locals, params }) => {
    const data = await request.formData();
    const input = {
      ...{ coopId: text(data, 'coopId'), providerId: text(data, 'providerId'), orderId: params.id },
      text: text(data, 'text'),
      links: text(data, 'links').split(/\s+/).filter(Boolean),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(sendServiceMessage, { input });
    return outcome.__typename === 'ServiceMessageSent' ? { done: true } : refuse('message', data, outcome);
  },
  cancel: async ({ request, locals, params }) => {
    const data = await request.formData();
    const input = {
      ...{ coopId: text(data, 'coopId'), providerId: text(data, 'providerId'), orderId: params.id },
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(cancelServiceOrder, { input });
    return outcome.__typename === 'ServiceOrderCancelled' ? { done: true } : refuse('cancel', data, outcome);
  },
};
