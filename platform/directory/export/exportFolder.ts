import type { ExportFolder, ExportRequest } from '#contract/directory/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { SourceRow } from '../../record/index.ts';
import type { Directory } from '../directory.ts';
import { cameraCells, centerCells, responderCells, unitCells } from './cells.ts';
import { csvText } from './csvText.ts';
import { regionsText } from './regionsText.ts';

/** Writes the directory as the files that an import reads; importing them again changes nothing. Kinds without rows have no file. */
export function exportFolder({
  directory,
  sourcesOf,
  request,
}: {
  directory: Directory;
  sourcesOf: (cameraId: CameraId) => readonly SourceRow[];
  request: ExportRequest;
}): ExportFolder {
  const { originOf } = directory;
  const streamsOf = request.streams === 'with' ? sourcesOf : null;
  const tables = [
    { name: 'centers.csv', rows: directory.rows('centers').map((center) => centerCells(center, originOf('centers', center.id))) },
    { name: 'units.csv', rows: directory.rows('units').map(unitCells) },
    { name: 'responders.csv', rows: directory.rows('responders').map(responderCells) },
    {
      name: 'cameras.csv',
      rows: directory.rows('cameras').map((camera) => cameraCells({ camera, origin: originOf('cameras', camera.id), streamsOf })),
    },
  ];
  const texts = [
    { name: 'regions.geojson', text: regionsText(directory) },
    ...tables.filter(({ rows }) => rows.length > 0).map(({ name, rows }) => ({ name, text: csvText(rows) })),
  ];
  return { files: texts.map(({ name, text }) => ({ name, base64: Buffer.from(text).toString('base64') })) };
}
