import { useStore } from 'zustand';
import { type Action, may } from '#contract/access/index.ts';
import { DrawingText, drawingKinds } from '#contract/map/index.ts';
import { useTexts } from '../../language/index.ts';
import { useRoom } from '../../room/index.ts';
import { useMapDesk } from '../MapContext.tsx';
import { MapKey } from '../MapKey.tsx';
import classes from './DrawingBar.module.css';
import { drawingHours } from './drawingTools.ts';
import { RefusedList } from './RefusedList.tsx';

/** What one draws with: kinds with their keys, words, how long it stays, undo and erase. Shown to who may draw. */
export function DrawingBar() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const { tool, isOpen, selected } = useStore(desk.drawing.store);
  const unsent = useRoom((room) => room.waiting.own.filter(({ command }) => command.type === 'map.draw').length);
  if (!useMayDraw()) return null;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('map:draw.title')} data-drawing-bar="">
      <MapKey words={t('map:draw.title')} hint="D" isPressed={isOpen} onPress={() => desk.drawing.open(isOpen ? 'closed' : 'open')} />
      {isOpen &&
        drawingKinds.map((kind, index) => (
          <MapKey
            key={kind}
            words={t(`map:draw.kind.${kind}`)}
            hint={`${index + 1}`}
            isPressed={tool === kind}
            onPress={() => desk.drawing.pick(kind)}
          />
        ))}
      {isOpen && <MapKey words={t('map:draw.undo')} hint="Ctrl+Z" onPress={() => desk.drawing.undo()} />}
      {isOpen && selected !== null && <MapKey words={t('map:draw.erase')} hint="Del" onPress={() => desk.drawing.erase(selected)} />}
      {unsent > 0 && (
        <span className={classes.unsent} role="status">
          {t('map:draw.unsent', { count: unsent })}
        </span>
      )}
      {isOpen && tool !== null && <DrawingForm />}
      <RefusedList />
    </div>
  );
}

function DrawingForm() {
  const { t, refusal: refusalText } = useTexts();
  const desk = useMapDesk();
  const { tool, words, hours, refusal } = useStore(desk.drawing.store);
  if (tool === null) return null;
  const isReadable = words === '' || DrawingText.safeParse(words).success;
  return (
    <div className={classes.form}>
      <input
        className={classes.words}
        aria-label={t('map:draw.textLabel')}
        aria-invalid={!isReadable}
        placeholder={t('map:draw.textHint')}
        maxLength={24}
        value={words}
        onChange={(event) => desk.drawing.setWords(event.currentTarget.value)}
      />
      <select
        className={classes.hours}
        aria-label={t('map:draw.expiry')}
        value={hours}
        onChange={(event) => {
          const chosen = drawingHours.find((each) => each === Number(event.currentTarget.value));
          if (chosen !== undefined) desk.drawing.setHours(chosen);
        }}
      >
        {drawingHours.map((each) => (
          <option key={each} value={each}>
            {each > 24 ? t('map:draw.days', { days: each / 24 }) : t('map:draw.hours', { hours: each })}
          </option>
        ))}
      </select>
      <span className={classes.hint}>{t(`map:draw.hint.${tool}`)}</span>
      {refusal !== null && (
        <span className={classes.refused} role="alert">
          {refusalText(refusal)}
        </span>
      )}
    </div>
  );
}

/** As far as his roles go; the platform asks again. */
function useMayDraw(): boolean {
  const person = useRoom((room) => room.person);
  const action: Action = 'map.draw';
  return person !== null && may({ kind: 'person', ...person }, action, { regionPath: person.territory });
}
