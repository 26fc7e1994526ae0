import { type ComponentType, lazy, Suspense } from 'react';
import { useTexts } from '../language/index.ts';
import type { TileKind, TileViewProps } from './tileKinds.ts';

/** A kind whose code comes when the first of its tiles is drawn. `name`: key of what a small cell calls it. */
export function lazyTileKind({
  kind,
  name,
  hasThumbnail = false,
  load,
}: {
  kind: string;
  name: string;
  hasThumbnail?: boolean;
  load: () => Promise<ComponentType<TileViewProps>>;
}): TileKind {
  const Loaded = lazy(async () => ({ default: await load() }));
  function View(props: TileViewProps) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  }
  function Summary() {
    const { t } = useTexts();
    return <span>{t(name)}</span>;
  }
  return { kind, View, Summary, hasThumbnail, ready: { kind, content: {} } };
}
