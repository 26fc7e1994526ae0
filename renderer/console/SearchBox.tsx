import { Combobox, Kbd, TextInput, useCombobox } from '@mantine/core';
import { useState } from 'react';
import type { Camera } from '#contract/cameras/index.ts';
import { isConnected, searchCameras, useRegionPath } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { useConsole, useDirectory } from './ConsoleContext.tsx';
import { searchBoxId } from './keys.ts';
import classes from './SearchBox.module.css';

// What fits on a console's screen without scrolling; whoever needs more types more.
const shownHits = 12;

/** Finds a camera by name, pinyin, initials, number or national id; Enter looks at it. */
export function SearchBox() {
  const { t } = useTexts();
  const { view, tree, searchIndex } = useConsole();
  const directory = useDirectory();
  const [query, setQuery] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const hits = query.trim() === '' ? [] : searchCameras(searchIndex(), { query, limit: shownHits });
  const choose = (id: string) => {
    const camera = hits.find((hit) => hit.id === id);
    if (camera === undefined || directory === null) return;
    view.look(camera.id);
    tree.reveal(directory, camera);
    setQuery('');
    combobox.closeDropdown();
    document.getElementById('camera-tree')?.focus();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="bottom-end" width={520}>
      <Combobox.Target>
        <TextInput
          id={searchBoxId}
          className={classes.box}
          value={query}
          placeholder={t('console:search.placeholder')}
          aria-label={t('console:search.label')}
          rightSection={<Kbd size="xs">Ctrl K</Kbd>}
          rightSectionWidth={64}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setQuery('');
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={query.trim() === ''}>
        <Combobox.Options>
          {hits.length === 0 && <Combobox.Empty>{t('console:search.none', { query })}</Combobox.Empty>}
          {hits.map((camera) => (
            <Combobox.Option key={camera.id} value={camera.id} className={classes.option}>
              <Hit camera={camera} />
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Hit({ camera }: { camera: Camera }) {
  const { t, nameOf } = useTexts();
  const pathOf = useRegionPath();
  const directory = useDirectory();
  return (
    <div className={classes.hit}>
      <span className={classes.number}>{camera.number}</span>
      <span className={classes.name}>{nameOf(camera)}</span>
      <span className={classes.path}>{pathOf(directory, camera.regionId).slice(1).join(' › ')}</span>
      <span className={classes.mark}>{isConnected(camera) ? '' : t('console:camera.notConnected')}</span>
    </div>
  );
}
