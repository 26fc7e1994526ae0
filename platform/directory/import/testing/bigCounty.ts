/** Files of an invented county of any size, for measuring an import: towns in a row, each a ring of many points, cameras spread over them. */
export function bigCounty({ cameras, vertices, towns = 20 }: { cameras: number; vertices: number; towns?: number }): {
  readonly regions: string;
  readonly cameras: string;
} {
  const perTown = Math.max(4, Math.floor(vertices / towns));
  const features = Array.from({ length: towns }, (_, town) => {
    const properties = { 名称: `第${town + 1}镇`, 级别: '镇', 区划代码: `610999${String(100 + town)}` };
    return JSON.stringify({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring({ town, points: perTown })] } });
  });
  const rows = Array.from({ length: cameras }, (_, index) => {
    const town = index % towns;
    const [lng, lat] = [middleOf(town) + ((index % 97) - 48) * 0.0004, 33 + ((index % 89) - 44) * 0.0004];
    const id = `6109990000132${String(index).padStart(7, '0')}`;
    return `${id},${index},摄像机${index},第${town + 1}镇,${lng.toFixed(6)},${lat.toFixed(6)},WGS84,rtsp://10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}/main`;
  });
  return {
    regions: `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`,
    cameras: `${['国标编码,编号,名称,所属区域,经度,纬度,坐标系,主码流', ...rows].join('\r\n')}\r\n`,
  };
}

function middleOf(town: number): number {
  return 100 + town * 0.2;
}

/** A ragged circle: a coast has no straight line either. */
function ring({ town, points }: { town: number; points: number }): readonly (readonly [number, number])[] {
  const open = Array.from({ length: points - 1 }, (_, index): readonly [number, number] => {
    const angle = (index / (points - 1)) * 2 * Math.PI;
    const radius = 0.08 + 0.01 * Math.sin(angle * 40);
    return [round(middleOf(town) + radius * Math.cos(angle)), round(33 + radius * Math.sin(angle))];
  });
  return [...open, open[0] ?? [0, 0]];
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
