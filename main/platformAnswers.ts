import type { CameraHealth } from '#contract/cameras/index.ts';
import type { LoadHistory } from '#contract/incidents/index.ts';
import { type Result, refused } from '#contract/values/index.ts';
import type { PlatformHttp } from './link/index.ts';

/** What windows are told by asking the platform each time. */
export type PlatformAnswers = {
  /** How the cameras flow now, as the platform says to the person at the console. */
  readonly askHealth: (why: 'look' | 'takeAway') => Promise<Result<CameraHealth>>;
  /** What was open at the same hour of past weeks, for the person or, on a wall that nobody is logged in at, the workstation. */
  readonly askLoadHistory: () => Promise<Result<LoadHistory>>;
};

/** Asks with the person's session; what belongs to the workstation too is asked with its own key when nobody is logged in. */
export function createPlatformAnswers({
  http,
  session,
  deviceBearer,
}: {
  http: Pick<PlatformHttp, 'cameraHealth' | 'exportCameraHealth' | 'loadHistory'>;
  session: () => string | null;
  deviceBearer: () => string | null;
}): PlatformAnswers {
  return {
    askHealth: async (why) => {
      const bearer = session();
      if (bearer === null) return refused('access.notLoggedIn');
      return await (why === 'look' ? http.cameraHealth(bearer) : http.exportCameraHealth(bearer));
    },
    askLoadHistory: async () => {
      const bearer = session() ?? deviceBearer();
      return bearer === null ? refused('access.notLoggedIn') : await http.loadHistory(bearer);
    },
  };
}
