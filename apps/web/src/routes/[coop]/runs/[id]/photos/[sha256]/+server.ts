import { fetchPhoto } from '#lib/server/photos.ts';
import type { RequestHandler } from './$types';

/** A photo of the making before a certificate names it: a browser has no token of its own to ask the API with. */
export const GET: RequestHandler = (event) => fetchPhoto(event, event.params.sha256);
