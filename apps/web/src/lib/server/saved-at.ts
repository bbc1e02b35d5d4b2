import { redirect } from '@sveltejs/kit';

/** After a form is saved: back to its page as it was asked for, which says so, at the part that changed. */
export function backTo(url: URL, saved: string): never {
  const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/') && name !== 'saved');
  const search = new URLSearchParams([...kept, ['saved', saved]]).toString();
  return redirect(303, `${url.pathname}?${search}#${saved}`);
}
