import { type Columns, InstancedLayer } from './instancedLayer.ts';

const vs = `#version 300 es
in vec3 positions;
in vec2 place;
in vec4 tone;
in vec3 view;
out vec2 vUnit;
out vec4 vColor;
flat out vec2 vView;
void main(void) {
  vUnit = positions.xy;
  vColor = tone;
  vView = radians(view.xy);
  vec3 offset = vec3(positions.xy * project_size(view.z), 0.0);
  gl_Position = project_position_to_clipspace(vec3(place, 0.0), vec3(0.0), offset, geometry.position);
  if (view.z <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const fs = `#version 300 es
precision highp float;
in vec2 vUnit;
in vec4 vColor;
flat in vec2 vView;
out vec4 fragColor;
void main(void) {
  float r = length(vUnit);
  if (r > 1.0) discard;
  float off = abs(mod(atan(vUnit.x, vUnit.y) - vView.x + 9.42477796, 6.28318531) - 3.14159265);
  float edge = (vView.y * 0.5 - off) * r;
  if (edge < 0.0) discard;
  float w = fwidth(vUnit.y) * 1.5;
  float rim = max(1.0 - smoothstep(0.0, w, edge), smoothstep(1.0 - w, 1.0, r));
  fragColor = vec4(vColor.rgb, vColor.a * max(mix(0.42, 0.12, r), rim * 0.7));
}
`;

/** Where a sector begins, its colour, where and how far it looks. */
export const wedgeColumns = {
  place: { width: 2, kind: 'float32' },
  tone: { width: 4, kind: 'unorm8' },
  /** Azimuth in degrees clockwise from north, angle in degrees, range in metres (0 = not drawn). */
  view: { width: 3, kind: 'float32' },
} as const satisfies Columns;

/** What cameras can see, flat on the ground: a sector of the true azimuth, angle and range. */
export class WedgeLayer extends InstancedLayer {
  static override layerName = 'WedgeLayer';

  protected columns(): Columns {
    return wedgeColumns;
  }

  protected shaders() {
    return { vs, fs, modules: [] };
  }

  override draw(): void {
    this.drawUsed('wedge', {});
  }
}
