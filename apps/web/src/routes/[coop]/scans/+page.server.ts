import { forConsole } from '#lib/server/console-page.ts';
import { oddScans } from '#lib/server/documents/scan-anomalies.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { nextOf } from '#lib/server/next-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const above = await rolesOn(event);
  forConsole(above);
  const after = event.url.searchParams.get('after');
  const { scanAnomalies } = await event.locals.api.ask(oddScans, { coopId: above.coop.id, after });
  return {
    anomalies: scanAnomalies.edges.map(({ node }) => node),
    older: nextOf(scanAnomalies.pageInfo),
  };
};
