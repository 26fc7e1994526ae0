import { type KeyboardEvent, useState } from 'react';
import type { Bezel, DisplayKey, DisplayScene } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { joinCommand, joinedCanvas, type JoinedDisplays, spanOfDisplay, splitCommand } from '../map/index.ts';
import { useRoom } from '../room/index.ts';
import { byNumber } from '../wall/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import { JoinEdges } from './JoinEdges.tsx';
import classes from './JoinDisplays.module.css';
import { joinKeyId } from './keys.ts';
import { WidePanel } from './WidePanel.tsx';

/** The key on the small wall that joins displays into one map, and parts them again. */
export function JoinDisplays() {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const count = useRoom(({ displays }) => displays.length);
  if (count < 2) return null;
  return (
    <>
      <button id={joinKeyId} type="button" className={classes.open} aria-expanded={isOpen} onClick={() => setOpen(true)}>
        {t('console:join.open')} <kbd>G</kbd>
      </button>
      <WidePanel isOpen={isOpen} onClose={() => setOpen(false)} title={t('console:join.title')} widthPx={760}>
        <JoinForm onDone={() => setOpen(false)} />
      </WidePanel>
    </>
  );
}

const noEdge: Bezel = { unit: 'mm', sides: 0, ends: 0 };

function JoinForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts();
  const { view } = useConsole();
  const wall = useRoom((room) => room.wall);
  const present = useRoom(({ displays }) => displays);
  const scenes = byNumber(wall.displays).filter(({ displayKey }) => present.some((display) => display.displayKey === displayKey));
  const spans = new Set(scenes.flatMap(({ displayKey }) => spanOfDisplay(wall, displayKey) ?? []));
  const [chosen, setChosen] = useState<ReadonlySet<DisplayKey>>(() => firstChosen(scenes, (key) => spanOfDisplay(wall, key) !== null));
  const [edges, setEdges] = useState<ReadonlyMap<DisplayKey, Bezel>>(
    () => new Map(scenes.map(({ displayKey, bezel }) => [displayKey, bezel ?? noEdge])),
  );
  const bezels = new Map([...edges].map(([key, edge]) => [key, edge.sides === 0 && edge.ends === 0 ? null : edge]));
  const joined: JoinedDisplays = { wall, present, chosen, bezels };
  const toggle = (key: DisplayKey) => setChosen(new Set(chosen.has(key) ? [...chosen].filter((other) => other !== key) : [...chosen, key]));
  const numbers = scenes.filter(({ displayKey }) => chosen.has(displayKey)).map(({ number }) => number);
  const join = () => {
    const command = joinCommand({ ...joined, spanId: crypto.randomUUID() });
    if (command === null) return;
    void view.arrange(command, { text: 'joined', place: numbers.join(' ') });
    onDone();
  };
  const part = () => {
    for (const spanId of spans) {
      const command = splitCommand({ wall, spanId });
      if (command !== null)
        void view.arrange(command, {
          text: 'parted',
          place: command.displays.map(({ displayKey }) => numberOf(scenes, displayKey)).join(' '),
        });
    }
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const scene = scenes.find(({ number }) => String(number) === event.key);
    if (scene === undefined) return;
    event.preventDefault();
    toggle(scene.displayKey);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its buttons do the same; digits are a shorter way
    <form
      className={classes.form}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        join();
      }}
    >
      <p className={classes.words}>{t('console:join.words')}</p>
      <Arrangement joined={joined} scenes={scenes} onToggle={toggle} />
      <JoinEdges scenes={scenes.filter(({ displayKey }) => chosen.has(displayKey))} edges={edges} onEdges={setEdges} />
      <div className={classes.acts}>
        {/* The panel was asked for by a key, and Enter is its answer. */}
        <button type="submit" className={classes.act} disabled={chosen.size < 2} data-autofocus="" data-join="">
          {t(chosen.size < 2 ? 'console:join.two' : 'console:join.join', { displays: numbers.join(' ') })} <kbd>Enter</kbd>
        </button>
        {spans.size > 0 && (
          <button type="button" className={classes.act} onClick={part} data-part="">
            {t('console:join.part')}
          </button>
        )}
      </div>
    </form>
  );
}

/** Those that show one map already, else all. */
function firstChosen(scenes: readonly DisplayScene[], isJoined: (key: DisplayKey) => boolean): ReadonlySet<DisplayKey> {
  const joined = scenes.filter(({ displayKey }) => isJoined(displayKey));
  return new Set((joined.length > 0 ? joined : scenes).map(({ displayKey }) => displayKey));
}

function numberOf(scenes: readonly DisplayScene[], key: DisplayKey): number | undefined {
  return scenes.find(({ displayKey }) => displayKey === key)?.number;
}

/** The displays as they hang, to be chosen; between chosen ones the gaps that will be left free. */
function Arrangement({
  joined,
  scenes,
  onToggle,
}: {
  joined: JoinedDisplays;
  scenes: readonly DisplayScene[];
  onToggle: (key: DisplayKey) => void;
}) {
  const { t } = useTexts();
  const { wide, high, areas } = joinedCanvas({ ...joined, chosen: new Set(scenes.map(({ displayKey }) => displayKey)) });
  const share = (length: number, whole: number) => `${(100 * length) / Math.max(1, whole)}%`;
  return (
    <div className={classes.arrangement} style={{ aspectRatio: `${Math.max(1, wide)} / ${Math.max(1, high)}` }}>
      {scenes.map(({ displayKey, number }) => {
        const area = areas.get(displayKey);
        if (area === undefined) return null;
        const { left, top, width, height } = area;
        return (
          <button
            key={displayKey}
            type="button"
            className={classes.display}
            style={{ left: share(left, wide), top: share(top, high), width: share(width, wide), height: share(height, high) }}
            aria-pressed={joined.chosen.has(displayKey)}
            aria-label={t('console:join.display', { number })}
            onClick={() => onToggle(displayKey)}
            data-join-display={number}
          >
            {number}
          </button>
        );
      })}
    </div>
  );
}
