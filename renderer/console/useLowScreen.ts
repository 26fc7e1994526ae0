import { useMediaQuery } from '@mantine/hooks';

// The height below which ConsoleWindow, MapPane and PreviewPane (.module.css) lay the console out anew.
const low = '(max-height: 900px)';

/** Whether the console stands on a low screen, where some of what else is beside the picture lies below it. */
export function useLowScreen(): boolean {
  return useMediaQuery(low, false, { getInitialValueInEffect: false });
}
