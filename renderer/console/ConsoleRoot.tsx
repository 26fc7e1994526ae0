import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { pageNonce } from '../look/index.ts';
import { useConsoleState } from './ConsoleContext.tsx';
import { mantineTheme, mantineVariables } from './mantineTheme.ts';

/** Mantine for the console alone; wall windows stay bare. Its style sheets carry the nonce of this load. */
export function ConsoleRoot({ children }: { children: ReactNode }) {
  const theme = useConsoleState((state) => state.theme);
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={mantineVariables}
      getStyleNonce={pageNonce}
      forceColorScheme={theme === 'bright' ? 'light' : 'dark'}
    >
      {children}
    </MantineProvider>
  );
}
