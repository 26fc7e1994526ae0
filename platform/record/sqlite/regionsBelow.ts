/**
 * Regions at or under those of a JSON list (one parameter), from the directory as it is now. The order of the join and its index are
 * said: left alone, the planner reads every region once for each region (200 times slower on 480 of them).
 */
export const regionsBelow = `WITH RECURSIVE below(id) AS (
  SELECT value FROM json_each(?)
  UNION SELECT d.id FROM below CROSS JOIN directory_rows d INDEXED BY regions_by_parent
    ON json_extract(d.body, '$.parentId') = below.id WHERE d.kind = 'regions'
) SELECT id FROM below`;

/** Cameras in those regions. */
export const camerasBelow = `SELECT c.id FROM (${regionsBelow}) r CROSS JOIN directory_rows c INDEXED BY cameras_by_region
  ON json_extract(c.body, '$.regionId') = r.id WHERE c.kind = 'cameras'`;
