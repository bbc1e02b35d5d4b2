import type { Queryable } from '../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../platform/graphql/index.js';
import type { CellType, Cells } from '../workshops/index.js';

/** The cell that a row points at, in one statement for all rows of an answer. */
export async function loadCell(
  context: GraphqlContext,
  cells: Cells,
  q: Queryable,
  { coopId, cellId }: { readonly coopId: string; readonly cellId: string },
): Promise<CellType> {
  const cell = await loaderOf<CellType | null>(
    context,
    `cell ${coopId}`,
    async (ids) => {
      const found = await cells.byIds(
        q,
        ids.map((id) => ({ coopId, id })),
      );
      return new Map(found.map((each) => [each.id, each]));
    },
    null,
  ).load(cellId);
  if (cell === null) throw new Error(`cell ${cellId} is gone although a foreign key keeps it`);
  return cell;
}
