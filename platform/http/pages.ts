import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { routes } from '#contract/bus/index.ts';
import type { Clock, RegionId } from '#contract/values/index.ts';
import { type Access, callerOf, openSurfaces, type PageRefused, type SurfaceAnswers } from '../access/index.ts';
import type { Log } from '../ports.ts';

/** Greatest body of a page, except an import's. */
const bodyBytes = 64 * 1024;
/** 64 MiB of base64 with its envelope. */
const importBytes = 66 * 1024 * 1024;

/** The address of whoever is connected; behind a reverse proxy this is the proxy, and lockout then counts per account only. */
export function peerOf(context: Context): string {
  return (context.env as Partial<HttpBindings>).incoming?.socket.remoteAddress ?? 'unknown';
}

/** All pages of the platform under one app: sizes bounded, nothing cached, a failure says nothing about its inside. */
export function createPages({
  answers,
  access,
  county,
  clock,
  log,
  isWritable,
  onRefused,
}: {
  answers: Omit<SurfaceAnswers, 'health'>;
  access: Access;
  county: () => RegionId;
  clock: Clock;
  log: Log;
  /** Whether the record takes anything; false after an error of its disk. */
  isWritable: () => boolean;
  /** Told of whoever did not get a page by its guard. */
  onRefused: (refused: PageRefused) => void;
}): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    // Files of a county pack never change and say so themselves.
    if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
  });
  const tooLarge = (context: Context) => context.json({ code: 'bus.badMessage' }, 413);
  const small = bodyLimit({ maxSize: bodyBytes, onError: tooLarge });
  const large = bodyLimit({ maxSize: importBytes, onError: tooLarge });
  // Without a length in front a body is read before any guard is asked: of a stranger no more than a little.
  const isImport = ({ req }: Context) =>
    req.path === routes.directoryImport && callerOf({ access, authorization: req.header('authorization') })?.kind === 'person';
  app.use((context, next) => (isImport(context) ? large : small)(context, next));
  const health: SurfaceAnswers['health'] = ({ context }) =>
    context.json({ ok: true, platformNowMs: clock.nowMs(), record: isWritable() ? 'writable' : 'readOnly' });
  openSurfaces({ app, answers: { ...answers, health }, access, county, onRefused });
  app.notFound((context) => context.json({ code: 'bus.noSuchPage' }, 404));
  app.onError((error, context) => {
    log.error({ err: error, path: context.req.path }, 'a page failed');
    return context.json({ code: 'bus.failed' }, 500);
  });
  return app;
}
