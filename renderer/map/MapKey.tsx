import type { ReactNode } from 'react';
import classes from './MapKey.module.css';

type Props = {
  readonly words: ReactNode;
  /** The key that does the same. */
  readonly hint?: string;
  /** Of what is on or off, and of what is in hand. */
  readonly isPressed?: boolean;
  readonly onPress: () => void;
  /** What tests and styles know it by. */
  readonly name?: string;
};

/** One button over the map with its key: layers, tools and drawings look alike, and one sees which of them is on. */
export function MapKey({ words, hint, isPressed, onPress, name }: Props) {
  return (
    <button type="button" className={classes.key} aria-pressed={isPressed} aria-keyshortcuts={hint} data-map-key={name} onClick={onPress}>
      <span>{words}</span>
      {hint !== undefined && (
        <>
          {' '}
          <kbd>{hint}</kbd>
        </>
      )}
    </button>
  );
}
