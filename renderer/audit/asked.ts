import type { AuditQuery, FaultKind, FaultQuery, LookingQuery } from '#contract/audit/index.ts';
import type { PersonId, RegionId } from '#contract/values/index.ts';
import { countyMoment } from './countyTime.ts';

/** What the filter says, as it is typed: empty = not asked for. `from` and `until` are `2026-11-22T08:30` in the county's zone. */
export type Asked = {
  readonly register: 'looking' | 'audit' | 'faults';
  readonly personId: string;
  readonly camera: string;
  readonly regionId: string;
  readonly purpose: '' | NonNullable<LookingQuery['purpose']>;
  readonly standing: '' | 'open' | 'ended';
  readonly type: string;
  readonly faultKind: '' | FaultKind;
  readonly from: string;
  readonly until: string;
};

/** Everything, the register of looks first. */
export const noFilter: Asked = {
  register: 'looking',
  ...{ personId: '', camera: '', regionId: '', purpose: '', standing: '', type: '', faultKind: '', from: '', until: '' },
};

/** The filter as a question for looks. */
export function lookingQuery(asked: Asked, timeZone: string): LookingQuery {
  return {
    ...spanOf(asked, timeZone),
    ...ofCameras(asked),
    ...(asked.personId === '' ? {} : { personId: asked.personId as PersonId }),
    ...(asked.purpose === '' ? {} : { purpose: asked.purpose }),
  };
}

/** The filter as a question for entries of the audit register. */
export function auditQuery(asked: Asked, timeZone: string): AuditQuery {
  return {
    ...spanOf(asked, timeZone),
    ...(asked.personId === '' ? {} : { personId: asked.personId as PersonId }),
    ...(asked.type === '' ? {} : { types: [asked.type] }),
  };
}

/** The filter as a question for outages and faults. */
export function faultQuery(asked: Asked, timeZone: string): FaultQuery {
  return { ...spanOf(asked, timeZone), ...ofCameras(asked), ...(asked.faultKind === '' ? {} : { kind: asked.faultKind }) };
}

function spanOf({ from, until }: Asked, timeZone: string): Pick<LookingQuery, 'fromMs' | 'untilMs'> {
  const [fromMs, untilMs] = [countyMoment(from, timeZone), countyMoment(until, timeZone)];
  return { ...(fromMs === undefined ? {} : { fromMs }), ...(untilMs === undefined ? {} : { untilMs }) };
}

function ofCameras({ camera, regionId, standing }: Asked): Pick<LookingQuery, 'camera' | 'regionId' | 'standing'> {
  return {
    ...(camera.trim() === '' ? {} : { camera: camera.trim() }),
    ...(regionId === '' ? {} : { regionId: regionId as RegionId }),
    ...(standing === '' ? {} : { standing }),
  };
}
