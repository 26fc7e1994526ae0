import { z } from 'zod';
import {
  type AskPersonNames,
  type ChangePassword,
  DemoAccount,
  DeviceEnrolled,
  type LoginRequest,
  PersonNames,
  SessionOpened,
} from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { CameraHealth } from '#contract/cameras/index.ts';
import { type DirectoryKind, DirectoryPage } from '#contract/directory/index.ts';
import { LoadHistory } from '#contract/incidents/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { TrustedLine } from '#main/trust/index.ts';
import { createRequest } from './request.ts';
import { unencrypted } from './unencrypted.ts';

/** How long the platform may take, ms. A log-in computes argon2id on purpose slowly; a page is the largest answer. */
const timeoutsMs = { login: 15_000, enrol: 10_000, logout: 5_000, demoAccounts: 5_000, directory: 30_000, health: 5_000 } as const;

/** What main asks of the platform over HTTP. Every refusal is the platform's, or `bus.unreachable`, or `bus.badAnswer`. */
export type PlatformHttp = {
  login(request: LoginRequest): Promise<Result<SessionOpened>>;
  logout(session: string): Promise<void>;
  /** Sets a person's own password, by the session that it is for. */
  changePassword(session: string, request: ChangePassword): Promise<Result<null>>;
  enrol(session: string): Promise<Result<DeviceEnrolled>>;
  /** Those of these people who may be named to the person of this session. */
  personNames(session: string, asked: AskPersonNames): Promise<Result<PersonNames>>;
  /** Empty outside demo mode. */
  demoAccounts(): Promise<Result<readonly DemoAccount[]>>;
  /** What the gateway has open now, of the territory of whoever asks. */
  cameraHealth(bearer: string): Promise<Result<CameraHealth>>;
  /** What was open at the same hour of past weeks in the territory of whoever asks. */
  loadHistory(bearer: string): Promise<Result<LoadHistory>>;
  /** The same to take away, on the record. */
  exportCameraHealth(bearer: string): Promise<Result<CameraHealth>>;
  directoryPage(page: { kind: DirectoryKind; offset: number; limit: number; bearer: string }): Promise<Result<DirectoryPage>>;
};

type Ask<Shape extends z.ZodType> = {
  readonly path: string;
  readonly timeoutMs: number;
  readonly answer: Shape;
  readonly method?: 'GET' | 'POST';
  readonly bearer?: string;
  readonly body?: object;
};

const RefusalAnswer = z.object({
  code: z.string().max(64),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
// Whether the refusal lies open or in a Result's envelope: both mean the same.
const Refused = z.union([RefusalAnswer, z.object({ refusal: RefusalAnswer }).transform(({ refusal }) => refusal)]);

export function createPlatformHttp({
  platformUrl,
  trust = unencrypted,
  log,
}: {
  platformUrl: string;
  /** Absent = nothing is encrypted. */
  trust?: TrustedLine;
  log: LinkLog;
}): PlatformHttp {
  const send = createRequest(trust);
  async function ask<Shape extends z.ZodType>({ path, timeoutMs, answer, ...request }: Ask<Shape>): Promise<Result<z.output<Shape>>> {
    try {
      const { status, text } = await send({
        url: new URL(path, platformUrl),
        method: request.method ?? 'GET',
        headers: {
          ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: request.body === undefined ? null : JSON.stringify(request.body),
        timeoutMs,
      });
      if (status < 200 || status > 299) return toRefused(parseJson(text), status);
      const parsed = answer.safeParse(text === '' ? null : parseJson(text));
      if (parsed.success) return granted(parsed.data);
      log.error({ path: path.split('?')[0], issues: parsed.error.issues.slice(0, 3) }, 'the platform answered in an unknown shape');
      return refused('bus.badAnswer');
    } catch (error) {
      log.debug({ err: error, path: path.split('?')[0] }, 'the platform was not reached');
      return refused('bus.unreachable');
    }
  }

  return {
    login: (body) => ask({ path: routes.login, method: 'POST', body, timeoutMs: timeoutsMs.login, answer: SessionOpened }),
    logout: async (bearer) => {
      await ask({ path: routes.logout, method: 'POST', bearer, timeoutMs: timeoutsMs.logout, answer: z.unknown() });
    },
    changePassword: async (bearer, body) => {
      const answer = await ask({ path: routes.password, method: 'POST', bearer, body, timeoutMs: timeoutsMs.login, answer: z.unknown() });
      return answer.ok ? granted(null) : answer;
    },
    enrol: (bearer) => ask({ path: routes.enrol, method: 'POST', bearer, body: {}, timeoutMs: timeoutsMs.enrol, answer: DeviceEnrolled }),
    demoAccounts: async () => {
      const answer = await ask({ path: routes.demoAccounts, timeoutMs: timeoutsMs.demoAccounts, answer: z.array(DemoAccount) });
      return !answer.ok && answer.refusal.params?.status === 404 ? granted([]) : answer;
    },
    personNames: (bearer, body) =>
      ask({ path: routes.personNames, method: 'POST', bearer, body, timeoutMs: timeoutsMs.health, answer: PersonNames }),
    loadHistory: (bearer) => ask({ path: routes.loadHistory, bearer, timeoutMs: timeoutsMs.directory, answer: LoadHistory }),
    cameraHealth: (bearer) => ask({ path: routes.cameraHealth, bearer, timeoutMs: timeoutsMs.health, answer: CameraHealth }),
    exportCameraHealth: (bearer) =>
      ask({ path: routes.exportCameraHealth, method: 'POST', bearer, body: {}, timeoutMs: timeoutsMs.health, answer: CameraHealth }),
    directoryPage: ({ kind, offset, limit, bearer }) =>
      ask({
        path: `${routes.directory}/${kind}?offset=${offset}&limit=${limit}`,
        bearer,
        timeoutMs: timeoutsMs.directory,
        answer: DirectoryPage,
      }),
  };
}

function toRefused(body: unknown, status: number): Result<never> {
  const refusal = Refused.safeParse(body);
  return refused(refusal.success ? refusal.data.code : 'bus.badAnswer', { ...(refusal.success ? refusal.data.params : {}), status });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
