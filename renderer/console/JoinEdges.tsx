import { Bezel, type DisplayKey, type DisplayScene } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import classes from './JoinDisplays.module.css';

type Edges = ReadonlyMap<DisplayKey, Bezel>;

/** How wide the edges of each chosen display are that show nothing. */
export function JoinEdges({ scenes, edges, onEdges }: { scenes: readonly DisplayScene[]; edges: Edges; onEdges: (edges: Edges) => void }) {
  const { t } = useTexts();
  const [first] = scenes;
  if (first === undefined) return null;
  const change = (key: DisplayKey, changes: Partial<Bezel>) => {
    const next = Bezel.safeParse({ ...edges.get(key), ...changes });
    if (next.success) onEdges(new Map(edges).set(key, next.data));
  };
  const alike = () => {
    const edge = edges.get(first.displayKey);
    if (edge !== undefined)
      onEdges(new Map([...edges].map(([key, own]) => [key, scenes.some(({ displayKey }) => displayKey === key) ? edge : own])));
  };
  return (
    <table className={classes.edges}>
      <thead>
        <tr>
          <th>{t('console:join.edges')}</th>
          <th>{t('console:join.sides')}</th>
          <th>{t('console:join.ends')}</th>
          <th>{t('console:join.unit')}</th>
          <td>
            {scenes.length > 1 && (
              <button type="button" className={classes.alike} onClick={alike}>
                {t('console:join.alike', { number: first.number })}
              </button>
            )}
          </td>
        </tr>
      </thead>
      <tbody>
        {scenes.map(({ displayKey, number }) => {
          const edge = edges.get(displayKey);
          if (edge === undefined) return null;
          const name = t('console:join.display', { number });
          return (
            <tr key={displayKey} data-edges={number}>
              <th scope="row">{name}</th>
              {(['sides', 'ends'] as const).map((side) => (
                <td key={side}>
                  <input
                    type="number"
                    min={0}
                    max={500}
                    step="any"
                    aria-label={`${name} ${t(`console:join.${side}`)}`}
                    value={edge[side]}
                    onChange={({ target }) => change(displayKey, { [side]: target.valueAsNumber })}
                  />
                </td>
              ))}
              <td>
                <select
                  aria-label={`${name} ${t('console:join.unit')}`}
                  value={edge.unit}
                  onChange={({ target }) => change(displayKey, { unit: target.value as Bezel['unit'] })}
                >
                  <option value="mm">{t('console:join.mm')}</option>
                  <option value="px">{t('console:join.px')}</option>
                </select>
              </td>
              <td />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
