import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { SignIn } from '../access/index.ts';
import type { DirectoryCopy, DirectoryStore, SearchIndex, TreeView } from '../directory/index.ts';
import type { ConsoleState, ConsoleView } from './consoleView.ts';

/** What the console is made of. */
export type ConsoleServices = {
  readonly view: ConsoleView;
  readonly directory: DirectoryStore;
  readonly tree: TreeView;
  readonly signIn: SignIn;
  /** Words of the newest directory copy; empty until there is one. */
  readonly searchIndex: () => SearchIndex;
};

const Context = createContext<ConsoleServices | null>(null);

/** Hands the services to the console's panes. */
export const ConsoleProvider = Context;

export function useConsole(): ConsoleServices {
  const services = useContext(Context);
  if (services === null) throw new Error('drawn outside ConsoleProvider');
  return services;
}

/** A part of the console's view state. */
export function useConsoleState<Part>(select: (state: ConsoleState) => Part): Part {
  return useStore(useConsole().view.store, select);
}

/** The newest whole directory copy; null until the first one is there. */
export function useDirectory(): DirectoryCopy | null {
  return useStore(useConsole().directory);
}
