import type { RequestEvent } from '@sveltejs/kit';
import { at } from '#lib/form-rows.ts';
import { QUOTA_ROWS } from '#lib/quota-words.ts';
import { createCreditPack, retireCreditPack, setMemberClass, setQuotas } from './documents/quotas.ts';
import { FormReader } from './form-reader.ts';
import { refuse, text } from './forms.ts';
import { byRow } from './row-refusals.ts';
import { backTo } from './saved-at.ts';

type Asked = Pick<RequestEvent, 'request' | 'locals' | 'url'>;

async function quotas({ request, locals, url }: Asked) {
  const data = await request.formData();
  const read = new FormReader(data);
  const rows = read.rows('class', QUOTA_ROWS);
  const rules = rows.map((row) => ({
    memberClass: read.text(at('class', row)),
    cellKind: read.text(at('kind', row)) || null,
    period: read.text(at('period', row)) === 'MONTH' ? ('MONTH' as const) : ('WEEK' as const),
    minutes: read.hours(at('hours', row), 'Hours at most'),
  }));
  if (read.fault !== null) return refuse('quotas', data, read.fault);
  const outcome = await locals.api.tell(setQuotas, {
    input: { coopId: text(data, 'coopId'), quotas: rules },
  });
  if (outcome.__typename === 'QuotasSet') return backTo(url, 'quotas');
  const sent = rows.map((row, index) => ({
    name: `The quota of ${rules[index]?.memberClass ?? ''}`,
    field: at('class', row),
  }));
  return refuse('quotas', data, byRow(outcome, sent));
}

/** What the API calls the fields of a pack, as the form calls them. */
const FORM_FIELDS: Readonly<Record<string, string>> = { minutes: 'hours', priceMinor: 'price' };

async function pack({ request, locals, url }: Asked) {
  const data = await request.formData();
  const read = new FormReader(data);
  const input = {
    coopId: read.text('coopId'),
    name: read.text('name'),
    cellKind: read.text('cellKind') || null,
    minutes: read.hours('hours', 'Hours'),
    priceMinor: read.amount('price', read.text('currency')),
    validDays: read.whole('validDays', 'Days to use it'),
  };
  if (read.fault !== null) return refuse('pack', data, read.fault);
  const outcome = await locals.api.tell(createCreditPack, { input });
  if (outcome.__typename === 'CreditPackCreated') return backTo(url, 'packs');
  const field = 'field' in outcome ? { field: FORM_FIELDS[outcome.field] ?? outcome.field } : {};
  return refuse('pack', data, { message: outcome.message, ...field });
}

async function retire({ request, locals, url }: Asked) {
  const data = await request.formData();
  const input = { coopId: text(data, 'coopId'), packId: text(data, 'packId') };
  const outcome = await locals.api.tell(retireCreditPack, { input });
  return outcome.__typename === 'CreditPackRetired' ? backTo(url, 'packs') : refuse('retire', data, outcome);
}

async function memberClass({ request, locals, url }: Asked) {
  const data = await request.formData();
  const input = {
    coopId: text(data, 'coopId'),
    accountId: text(data, 'accountId'),
    memberClass: text(data, 'memberClass'),
  };
  const outcome = await locals.api.tell(setMemberClass, { input });
  return outcome.__typename === 'MemberClassSet' ? backTo(url, 'classes') : refuse('class', data, outcome);
}

export const quotaActions = { quotas, pack, retire, memberClass };
