import type { Camera } from '#contract/cameras/index.ts';
import type { Center, Responder, Unit } from '#contract/directory/index.ts';
import type { CameraId, LngLat } from '#contract/values/index.ts';
import type { SourceRow } from '../../record/index.ts';
import { masksText } from '../import/maskText.ts';
import type { PointOrigin } from '../import/settleCoordinates.ts';
import type { Cells } from './csvText.ts';

/** A camera as a row of cameras.csv. Without `streamsOf` the columns of addresses are left out: an import then leaves them as they are. */
export function cameraCells({
  camera,
  origin,
  streamsOf,
}: {
  camera: Camera;
  origin: string | null;
  streamsOf: ((cameraId: CameraId) => readonly SourceRow[]) | null;
}): Cells {
  return {
    平台编号: camera.id,
    国标编码: camera.gbId ?? '',
    编号: camera.number,
    名称: camera.name,
    英文名称: camera.nameEn,
    所属区域: camera.regionId,
    ...placeCells(camera.location, origin),
    朝向: measure(camera.azimuthDeg),
    视场角: measure(camera.fieldOfViewDeg),
    可视距离: measure(camera.rangeM),
    责任单位: camera.unitId ?? '',
    敏感类别: camera.cameraClass,
    遮挡区域: masksText(camera.masks),
    维护单位: camera.maintainer,
    维护电话: camera.maintainerPhone,
    ...(streamsOf === null ? {} : streamCells(streamsOf(camera.id))),
  };
}

export function centerCells(center: Center, origin: string | null): Cells {
  return {
    ...officeCells(center),
    ...placeCells(center.location, origin),
    值班电话: center.dutyPhone,
    带班电话: center.leaderPhone ?? '',
    备用电话: center.backupPhone ?? '',
  };
}

export function unitCells(unit: Unit): Cells {
  return { ...officeCells(unit), 值班电话: unit.dutyPhone };
}

export function responderCells({ id, name, kind, regionId }: Responder): Cells {
  return { 平台编号: id, 姓名: name, 类别: kind, 所属区域: regionId };
}

function officeCells({ id, name, nameEn, regionId }: { id: string; name: string; nameEn: string; regionId: string }): Cells {
  return { 平台编号: id, 名称: name, 英文名称: nameEn, 所属区域: regionId };
}

/** A place as the county's own file had it, where it is known: converting back would move it by centimetres. */
function placeCells(location: LngLat | null, origin: string | null): Cells {
  const kept = origin === null ? null : (JSON.parse(origin) as PointOrigin);
  const [lng, lat] = kept?.pair ?? location ?? [null, null];
  return { 经度: measure(lng), 纬度: measure(lat), 坐标系: location === null ? '' : (kept?.crs ?? 'WGS84') };
}

function streamCells(sources: readonly SourceRow[]): Cells {
  const urlOf = (quality: SourceRow['quality']) => sources.find((source) => source.quality === quality)?.url ?? '';
  return { 主码流: urlOf('main'), 子码流: urlOf('sub'), 传输方式: sources[0]?.transport ?? '' };
}

function measure(value: number | null): string {
  return value === null ? '' : String(value);
}
