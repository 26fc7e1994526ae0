import { httpSurfaces, may, type PolicyActor, type PreviewRights, questionSurfaces, type RightsPreview } from '#contract/access/index.ts';
import { usualView } from '#contract/cameras/index.ts';
import type { DirectoryKind } from '#contract/directory/index.ts';
import { feedParts } from '#contract/record/index.ts';
import type { DeskId } from '#contract/values/index.ts';
import { readableFeeds, type Territories } from './bus/index.ts';
import type { Directory } from './directory/index.ts';

/** Stands for whichever desk the person sits at; its own feed is not told. */
const anyDesk = 'any' as DeskId;

/** "What would this person see?": asked of the functions that answer the person, so that it cannot say something else. */
export function createRightsPreview({ directory, territories }: { directory: Directory; territories: () => Territories }) {
  return ({ roles, territory, unitId }: PreviewRights): RightsPreview => {
    const actor: PolicyActor = { kind: 'person', roles, territory, unitId };
    const mayPage = may(actor, httpSurfaces.directory.guard.action, { regionPath: territory });
    const count = (kind: DirectoryKind) =>
      mayPage ? directory.page({ actor, kind, offset: 0, limit: Number.MAX_SAFE_INTEGER }).rows.length : 0;
    const openable = directory
      .rows('cameras')
      .filter(({ regionId }) => may(actor, questionSurfaces['cameras.openView'].action, { regionPath: directory.regionPath(regionId) }))
      .filter((camera) => usualView(camera) !== 'covered');
    const feeds = readableFeeds({ actor, deskId: anyDesk, territories: territories() });
    return {
      regions: count('regions'),
      cameras: count('cameras'),
      openableCameras: openable.length,
      centers: count('centers'),
      units: count('units'),
      responders: count('responders'),
      feeds: feeds.filter((feed) => feedParts(feed).kind !== 'desk'),
    };
  };
}
