import { useStore } from 'zustand';
import { useTexts } from '../language/index.ts';
import { useMapDesk } from '../map/index.ts';
import classes from './AdvicePane.module.css';
import { AdvisedCameras } from './AdvisedCameras.tsx';
import { AdvisedResponders } from './AdvisedResponders.tsx';

/** Below the map, while a place is asked about: who is near it, and which cameras see it, each with the reason. */
export function AdvicePane() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const at = useStore(desk.advice.store, (state) => state.at);
  const about = useStore(desk.advice.store, (state) => state.about);
  if (at === null) return null;
  return (
    <section className={classes.pane} aria-label={t('selection:advice.title')} data-advice={about === at ? 'there' : 'waiting'}>
      <AdvisedResponders />
      <AdvisedCameras />
    </section>
  );
}
