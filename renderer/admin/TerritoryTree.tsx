import { Checkbox } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Region } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import classes from './AdminPage.module.css';
import { childrenByParent, regionNames } from './regionNames.ts';

type Branch = {
  readonly children: ReturnType<typeof childrenByParent>;
  readonly nameOf: (id: RegionId) => string;
  readonly chosen: readonly RegionId[];
  readonly onToggle: (id: RegionId) => void;
};

/** Regions as a tree: one that is chosen holds all below it. */
export function TerritoryTree({
  regions,
  chosen,
  onChange,
}: {
  regions: readonly Region[];
  chosen: readonly RegionId[];
  onChange: (territory: readonly RegionId[]) => void;
}) {
  const { t, i18n } = useTranslation();
  const children = useMemo(() => childrenByParent(regions), [regions]);
  const nameOf = useMemo(() => regionNames({ regions, language: i18n.language }), [regions, i18n.language]);
  const onToggle = (id: RegionId) => onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  const branch: Branch = { children, nameOf, chosen, onToggle };
  return (
    <ul className={classes.tree} aria-label={t('access:admin.column.territory')}>
      {(children.get(null) ?? []).map((region) => (
        <TreeBranch key={region.id} region={region} isInside={false} {...branch} />
      ))}
    </ul>
  );
}

function TreeBranch({ region, isInside, ...branch }: Branch & { region: Region; isInside: boolean }) {
  const { t } = useTranslation();
  const { children, nameOf, chosen, onToggle } = branch;
  const below = children.get(region.id) ?? [];
  const [isOpen, setIsOpen] = useState(region.parentId === null);
  const isChosen = chosen.includes(region.id);
  return (
    <li>
      <div className={classes.region}>
        {below.length > 0 ? (
          <button
            type="button"
            className={classes.unfold}
            aria-expanded={isOpen}
            aria-label={t('access:admin.unfold', { name: nameOf(region.id) })}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? '▾' : '▸'}
          </button>
        ) : (
          <span className={classes.unfold} />
        )}
        <Checkbox
          size="sm"
          label={nameOf(region.id)}
          checked={isChosen || isInside}
          disabled={isInside}
          onChange={() => onToggle(region.id)}
        />
      </div>
      {isOpen && below.length > 0 && (
        <ul className={classes.below}>
          {below.map((child) => (
            <TreeBranch key={child.id} region={child} isInside={isInside || isChosen} {...branch} />
          ))}
        </ul>
      )}
    </li>
  );
}
