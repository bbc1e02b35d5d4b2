import { error, redirect } from '@sveltejs/kit';

interface Page {
  readonly locals: App.Locals;
  readonly url: URL;
}
interface Parent {
  readonly coop: { readonly id: string; readonly name: string };
  readonly me: {
    readonly memberships: readonly {
      readonly coop: { readonly id: string };
      readonly roles: readonly string[];
    }[];
  } | null;
}

/** The roles of who looks at a page of a co-op; others are asked to sign in, or told that it is not for them. */
export async function rolesOn<P extends Parent>({
  locals,
  url,
  parent,
}: Page & { readonly parent: () => Promise<P> }): Promise<P & { readonly roles: readonly string[] }> {
  if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const above = await parent();
  const roles = above.me?.memberships.find(({ coop }) => coop.id === above.coop.id)?.roles ?? [];
  if (roles.length === 0) return error(403, `This page is for members of ${above.coop.name}.`);
  return { ...above, roles };
}
