import { dayWindow, epochDayOf } from '@touchmark/calendar';
import type { RequestEvent } from '@sveltejs/kit';
import { giveInduction, revokeInduction, setInductionRequirement } from './documents/inductions.ts';
import { refuse, text } from './forms.ts';
import { backTo } from './saved-at.ts';

type Asked = Pick<RequestEvent, 'request' | 'locals' | 'url'>;

async function require({ request, locals, url }: Asked) {
  const data = await request.formData();
  const input = {
    coopId: text(data, 'coopId'),
    cellKind: text(data, 'cellKind'),
    howToGet: text(data, 'howToGet') || null,
  };
  const outcome = await locals.api.tell(setInductionRequirement, { input });
  return outcome.__typename === 'InductionRequirementSet'
    ? backTo(url, 'kinds')
    : refuse('require', data, outcome);
}

/** Whole days of a zone: from the first, or from now on, to the last, or for ever. */
async function give({ request, locals, url }: Asked) {
  const data = await request.formData();
  const zone = text(data, 'zone');
  const days = { firstDay: epochDayOf(text(data, 'firstDay')), lastDay: epochDayOf(text(data, 'lastDay')) };
  for (const [field, day] of Object.entries(days))
    if (day === null && text(data, field) !== '')
      return refuse('give', data, { field, message: 'Give a day, such as 2026-12-01, or none.' });
  const { firstDay, lastDay } = days;
  const instant = (at: number): string => new Date(at).toISOString();
  const input = {
    coopId: text(data, 'coopId'),
    accountId: text(data, 'accountId'),
    cellKind: text(data, 'cellKind'),
    validFrom: firstDay === null ? null : instant(dayWindow(zone, firstDay).fromAt),
    validUntil: lastDay === null ? null : instant(dayWindow(zone, lastDay).toAt),
  };
  const outcome = await locals.api.tell(giveInduction, { input });
  if (outcome.__typename === 'InductionGiven') return backTo(url, 'inductions');
  const field = { field: 'field' in outcome && outcome.field === 'validUntil' ? 'lastDay' : 'accountId' };
  return refuse('give', data, { message: outcome.message, ...field });
}

async function withdraw({ request, locals, url }: Asked) {
  const data = await request.formData();
  const input = { coopId: text(data, 'coopId'), inductionId: text(data, 'inductionId') };
  const outcome = await locals.api.tell(revokeInduction, { input });
  return outcome.__typename === 'InductionRevoked'
    ? backTo(url, 'inductions')
    : refuse('withdraw', data, outcome);
}

export const inductionActions = { require, give, withdraw };
