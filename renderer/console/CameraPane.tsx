import { useStore } from 'zustand';
import { CameraTree } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { useConsole, useDirectory } from './ConsoleContext.tsx';
import { CameraLine } from './CameraLine.tsx';
import classes from './Pane.module.css';
import { PlacePrompt } from './PlacePrompt.tsx';
import { RegionLine } from './RegionLine.tsx';
import { useSelectedCamera } from './useSelectedCamera.ts';

/** Left pane: all cameras of the territory. */
export function CameraPane() {
  const { t, number } = useTexts();
  const { view, tree } = useConsole();
  const directory = useDirectory();
  const selected = useSelectedCamera();
  const shown = useStore(tree.store, (state) => state.shown);
  const roots = directory?.tree.roots ?? [];
  const total = roots.reduce((sum, { cameraCount }) => sum + cameraCount, 0);
  const connected = roots.reduce((sum, { connectedCount }) => sum + connectedCount, 0);
  return (
    <section className={classes.pane} style={{ gridArea: 'cameras' }} aria-label={t('console:cameras.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('console:cameras.title')}</h2>
        <button
          type="button"
          className={classes.toggle}
          aria-pressed={shown === 'connected'}
          onClick={() => tree.setShown(shown === 'connected' ? 'all' : 'connected')}
        >
          {t('console:cameras.connectedOnly')}
        </button>
        <span className={classes.headCount}>{t('console:cameras.counts', { connected: number(connected), total: number(total) })}</span>
      </div>
      {directory === null ? (
        <p className={classes.waiting} role="status">
          {t('console:cameras.waiting')}
        </p>
      ) : (
        <CameraTree
          copy={directory}
          view={tree}
          selected={selected?.id ?? null}
          CameraLine={CameraLine}
          RegionLine={RegionLine}
          onLook={(cameraId, by) => {
            view.look(cameraId);
            if (by === 'keyboard') view.startPlacing('');
          }}
          onOtherKey={(event) => {
            if (!/^\d$/.test(event.key)) return;
            // The prompt has the digit already; the key itself would write it a second time.
            event.preventDefault();
            view.startPlacing(event.key);
          }}
        />
      )}
      <PlacePrompt />
    </section>
  );
}
