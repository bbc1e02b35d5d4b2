import { redirect } from '@sveltejs/kit';
import { isGtin } from '@touchmark/certificates';
import { verify } from '#lib/server/documents/certificates.ts';
import { editionsOf, tellTooMany } from '#lib/server/piece-page.ts';
import { refuse, text } from '#lib/server/forms.ts';
import type { Actions } from './$types';

const MOST_BYTES = 900_000;

export const actions: Actions = {
  piece: async ({ request }) => {
    const data = await request.formData();
    const [gtin, serial] = [text(data, 'gtin').replace(/\s/g, ''), text(data, 'serial')];
    if (!/^\d{8,14}$/.test(gtin))
      return refuse('piece', data, { field: 'gtin', message: 'A GTIN has 8 to 14 digits and nothing else.' });
    if (!isGtin(gtin.padStart(14, '0')))
      return refuse('piece', data, {
        field: 'gtin',
        message:
          'The last digit of this GTIN does not fit the others: compare it with the code on the piece.',
      });
    if (!/^[1-9]\d{0,8}$/.test(serial))
      return refuse('piece', data, { field: 'serial', message: 'A serial is a whole number from 1 on.' });
    return redirect(303, `/01/${gtin.padStart(14, '0')}/21/${serial}`);
  },
  bundle: async (event) => {
    const { request, locals } = event;
    const data = await request.formData();
    const file = data.get('bundle');
    if (!(file instanceof File) || file.size === 0)
      return refuse('bundle', data, {
        field: 'bundle',
        message: 'The file is empty. Choose a certificate file.',
      });
    if (file.size > MOST_BYTES)
      return refuse('bundle', data, {
        field: 'bundle',
        message: `The file has ${String(Math.ceil(file.size / 1000))} KB; a certificate has a few. Choose another.`,
      });
    const outcome = await locals.api.tell(verify, { input: { bundle: await file.text() } });
    if (outcome.__typename === 'BadInput') return refuse('bundle', data, { ...outcome, field: 'bundle' });
    tellTooMany(event, outcome);
    return { verdict: outcome, editions: await editionsOf(locals.api, outcome) };
  },
};
