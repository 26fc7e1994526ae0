import type * as x509 from '@peculiar/x509';

/**
 * The library that writes certificates, loaded by the first who makes one: a platform with the county's own files never needs it. One of
 * its packages (tsyringe) wants reflection metadata to be there before it.
 */
export async function loadX509(): Promise<typeof x509> {
  await import('reflect-metadata');
  return await import('@peculiar/x509');
}
