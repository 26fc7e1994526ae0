import type * as x509 from '@peculiar/x509';

type X509Library = typeof x509;

let loading: Promise<X509Library> | undefined;

/**
 * The library that writes certificates. One of its packages (tsyringe) refuses to be loaded where nobody keeps reflection metadata, and
 * then reads none: it is told "none" while it loads, and nothing of that stays.
 */
export function loadX509(): Promise<X509Library> {
  return (loading ??= load());
}

async function load(): Promise<X509Library> {
  const reflect = Reflect as { getMetadata?: () => undefined; getOwnMetadata?: () => undefined };
  const { getMetadata, getOwnMetadata } = reflect;
  if (getMetadata !== undefined) return await import('@peculiar/x509');
  reflect.getMetadata = () => undefined;
  reflect.getOwnMetadata = () => undefined;
  try {
    return await import('@peculiar/x509');
  } finally {
    delete reflect.getMetadata;
    if (getOwnMetadata === undefined) delete reflect.getOwnMetadata;
  }
}
