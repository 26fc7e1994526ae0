import { Button, Popover } from '@mantine/core';
import type { Camera } from '#contract/cameras/index.ts';
import { TakeForm, useEvidenceRights, useKeptList } from '../evidence/index.ts';
import { useTexts } from '../language/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import classes from './LiftFact.module.css';

/** How many pictures of a camera are kept, the way to them, and the way to keep another one. */
export function SnapshotFact({ camera }: { camera: Camera }) {
  const { t, number } = useTexts();
  const { view } = useConsole();
  const { mayTake } = useEvidenceRights();
  const round = useConsoleState((state) => state.evidenceRound);
  const { count } = useKeptList({ cameraId: camera.id, round, isAsked: true });
  return (
    <>
      {count !== null && count > 0 ? (
        <Button size="compact-xs" variant="default" onClick={() => view.showEvidence('camera')}>
          {t('evidence:fact.list', { total: number(count) })}
        </Button>
      ) : (
        <span>{t('evidence:fact.none')}</span>
      )}
      {mayTake && camera.streams.length > 0 && <TakeKey camera={camera} />}
    </>
  );
}

function TakeKey({ camera }: { camera: Camera }) {
  const { t } = useTexts();
  const { view } = useConsole();
  const isOpen = useConsoleState((state) => state.isTaking);
  const purpose = useConsoleState((state) => state.purpose);
  return (
    <Popover
      opened={isOpen}
      onChange={(isShown) => view.showTaking(isShown ? 'open' : 'closed')}
      position="top-start"
      trapFocus
      returnFocus
      withRoles={false}
      shadow="md"
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={isOpen}
          aria-keyshortcuts="S"
          onClick={() => view.showTaking(isOpen ? 'closed' : 'open')}
        >
          {t('evidence:fact.take')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dialog} role="dialog" aria-label={t('evidence:take.title')}>
        <TakeForm purpose={purpose} onTake={(reason) => view.takeSnapshot(camera.id, reason)} />
      </Popover.Dropdown>
    </Popover>
  );
}
