import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './WidePanel.module.css';

type Props = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** As wide as its table wants, CSS pixels; never wider than the window. */
  readonly widthPx: number;
  /** Drawn while it is open. */
  readonly children: ReactNode;
};

/** A list over the console that takes most of it: pictures that are kept, the health of cameras. */
export function WidePanel({ title, isOpen, onClose, widthPx, children }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size={`min(${widthPx}px, 96vw)`} lockScroll={false} centered>
      {isOpen && children}
    </Modal>
  );
}

/** What stands in it: a line of choices and counts, and below it the list. */
export function PanelParts({ bar, children }: { bar: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>{bar}</div>
      {children}
    </div>
  );
}
