import { describe, expect, test } from 'vitest';
import { clientEvents, CommandMessage, Question, routes } from '#contract/bus/index.ts';
import type { Guard } from './guard.ts';
import { actions } from './policy.ts';
import {
  busSurfaces,
  commandSurfaces,
  directorySurfaces,
  feedSurfaces,
  httpSurfaces,
  mediaSurfaces,
  positionSurfaces,
  questionSurfaces,
} from './surfaces.ts';

const guards: readonly Guard[] = [
  ...[busSurfaces, commandSurfaces, questionSurfaces, feedSurfaces, directorySurfaces, positionSurfaces].flatMap((surfaces) =>
    Object.values<Guard>(surfaces),
  ),
  ...[httpSurfaces, mediaSurfaces].flatMap((surfaces) => Object.values<{ guard: Guard }>(surfaces).map(({ guard }) => guard)),
];

/** The `type` literals of a union, as its schema has them. */
const typesOf = (options: readonly { shape: { type: { value: string } } }[]) => options.map(({ shape }) => shape.type.value).toSorted();

describe('the registry', () => {
  test('knows every event, command, question and page that there is', () => {
    const command = CommandMessage.shape.command as unknown as { options: Parameters<typeof typesOf>[0] };
    expect(Object.keys(busSurfaces).toSorted()).toEqual(Object.keys(clientEvents).toSorted());
    expect(Object.keys(commandSurfaces).toSorted()).toEqual(typesOf(command.options));
    expect(Object.keys(questionSurfaces).toSorted()).toEqual(typesOf(Question.options as never));
    const paths = [...Object.values(httpSurfaces), ...Object.values(mediaSurfaces)].map(({ path }) => path.replace(/(?:\/:\w+)+$/, ''));
    expect([...new Set(paths)].toSorted()).toEqual(Object.values<string>(routes).toSorted());
  });

  test('gives a reason for every surface that asks no policy, and uses every action', () => {
    const reasons = guards.flatMap((guard) => (guard.kind === 'public' || guard.kind === 'device' ? [guard.why] : []));
    const used = new Set(guards.flatMap((guard) => (guard.kind === 'action' || guard.kind === 'grant' ? [guard.action] : [])));
    expect(reasons.filter((why) => why.length < 15)).toEqual([]);
    expect([...used].toSorted()).toEqual(actions.toSorted());
  });
});

test('an event, command or feed without a guard does not compile', () => {
  const { clock: forgotten, ...rest } = busSurfaces;
  // @ts-expect-error -- `clock` is said by clients and has no guard here
  rest satisfies { readonly [Event in keyof typeof clientEvents]: Guard };
  // @ts-expect-error -- a guard that is neither an action nor a reason
  ({ kind: 'open' }) satisfies Guard;
  // @ts-expect-error -- an action that the policy does not know
  ({ kind: 'action', action: 'cameras.steal', over: 'subject', by: 'anyone' }) satisfies Guard;
  expect(Object.keys(rest)).not.toContain(Object.keys({ forgotten })[0]);
  expect(Object.keys({ ...rest, clock: forgotten }).toSorted()).toEqual(Object.keys(clientEvents).toSorted());
});
