import type { MediaGrant } from '#contract/cameras/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

/** A view that the platform has opened at the camera: its answer, and where it is kept alive and hung up. */
export type WhepView = { readonly answer: string; readonly url: string };

/** Says the window's offer to the camera, through the platform (contract/cameras/whep.ts). */
export async function offerTo({ whepUrl, token }: Pick<MediaGrant, 'whepUrl' | 'token'>, offer: string): Promise<Result<WhepView>> {
  if (whepUrl === undefined) return refused('cameras.notConnected');
  const response = await ask({ url: whepUrl, method: 'POST', token, offer });
  if (response === null) return refused('bus.unreachable');
  if (response.status === 401) return refused('access.notAllowed');
  const location = response.headers.get('Location');
  if (response.status !== 201 || location === null) return refused(response.headers.get('X-Refusal-Code') ?? 'cameras.whepStatus');
  return granted({ answer: await response.text(), url: new URL(location, whepUrl).href });
}

/** Says that the window still plays; false when the platform knows nothing of it any more. Unreachable is no answer, and so not false. */
export async function keepAlive({ url, token }: { url: string; token: string }): Promise<boolean> {
  const response = await ask({ url, method: 'POST', token });
  return response === null || response.status !== 404;
}

/** Hangs up, also while the page goes away. */
export async function hangUp({ url, token }: { url: string; token: string }): Promise<void> {
  await ask({ url, method: 'DELETE', token });
}

async function ask({
  url,
  method,
  token,
  offer,
}: {
  url: string;
  method: 'POST' | 'DELETE';
  token: string;
  offer?: string;
}): Promise<Response | null> {
  const described = offer === undefined ? {} : { 'Content-Type': 'application/sdp' };
  return await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...described },
    body: offer ?? null,
    keepalive: method === 'DELETE',
  }).catch(() => null);
}
