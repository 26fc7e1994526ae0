import { Button } from '@mantine/core';
import { type Camera, UnmovingWord } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { useRoom } from '../room/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import classes from './FaultFact.module.css';

/** A picture that does not move: since when, and what somebody who looked at it says it is. Nothing for one that moves. */
export function UnmovingFact({ camera }: { camera: Camera }) {
  const { t, time } = useTexts();
  const { view } = useConsole();
  const source = useRoom(({ cameras }) => cameras.get(camera.id)?.source ?? null);
  if (source?.kind !== 'unmoving') return null;
  const words = source.word === undefined ? 'console:unmoving.unjudged' : `console:unmoving.word.${source.word}`;
  return (
    <>
      <span className={classes.reported}>
        {t('console:unmoving.since', { at: time(source.sinceMs, 'minutes') })} · {t(words)}
      </span>
      {UnmovingWord.options
        .filter((word) => word !== source.word)
        .map((word) => (
          <Button key={word} size="compact-xs" variant="default" onClick={() => view.judgeUnmoving(camera.id, word)}>
            {t(`console:unmoving.say.${word}`)}
          </Button>
        ))}
    </>
  );
}

/** Whether there is anything to say of it. */
export function useIsUnmoving(camera: Camera): boolean {
  return useRoom(({ cameras }) => cameras.get(camera.id)?.source.kind === 'unmoving');
}
