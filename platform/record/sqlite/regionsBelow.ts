/** Regions at or under those of a JSON list (one parameter), from the directory as it is now. */
export const regionsBelow = `WITH RECURSIVE below(id) AS (
  SELECT value FROM json_each(?)
  UNION SELECT d.id FROM directory_rows d JOIN below ON json_extract(d.body, '$.parentId') = below.id WHERE d.kind = 'regions'
) SELECT id FROM below`;

/** Cameras in those regions. */
export const camerasBelow = `SELECT c.id FROM directory_rows c WHERE c.kind = 'cameras' AND json_extract(c.body, '$.regionId') IN (${regionsBelow})`;
