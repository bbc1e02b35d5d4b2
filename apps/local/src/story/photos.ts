import type { Player } from './people.ts';
import { PHOTOS } from './pictures.ts';
import type { Setting } from './setting.ts';

/** A photo of the run is taken after an operation that has one; taken again, it is the same photo. */
export async function photograph(
  { coopId }: Setting,
  operator: Player,
  runId: string,
  operation: string,
): Promise<void> {
  const photo = PHOTOS.get(operation);
  if (photo === undefined) return;
  const of = new URLSearchParams({ coopId, runId, caption: photo.caption });
  await operator.api.upload(`/photos?${of.toString()}`, photo.draw());
}
