/** The nonce of this load, from the tag that the build writes and the window server fills; libraries that add style sheets ask for it. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
