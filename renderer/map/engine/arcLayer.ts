import { type Columns, type DrawnModel, InstancedLayer } from './instancedLayer.ts';

/** Written by the owner before a frame; the same object for the layer's life. Width in pixels. */
export type ArcLook = { widthPx: number };
type ArcLayerProps = { readonly look: ArcLook };

/** An arc is a strip of so many pieces, each of two corners; a piece that nobody can tell from a straight line. */
const pieces = 24;

const uniformBlock = `\
layout(std140) uniform arcsUniforms {
  float widthPx;
} arcs;
`;

const arcsModule = { name: 'arcs', vs: uniformBlock, fs: uniformBlock, uniformTypes: { widthPx: 'f32' } } as const;

// Corners are numbered along the strip; the square that the base layer brings is not looked at. The top of an arc is an eighth of its length high.
const vs = `#version 300 es
in vec2 origin;
in vec2 goal;
in vec4 tone;
out vec4 vColor;
vec4 pointAt(float share) {
  vec2 metres = (goal - origin) * vec2(cos(radians(origin.y)), 1.0) * 111320.0;
  float up = length(metres) * 0.5 * share * (1.0 - share);
  return project_position_to_clipspace(vec3(mix(origin, goal, share), up), vec3(0.0), vec3(0.0), geometry.position);
}
void main(void) {
  float share = float(gl_VertexID / 2) / ${pieces}.0;
  float side = float(gl_VertexID % 2) * 2.0 - 1.0;
  vec4 here = pointAt(share);
  vec4 before = pointAt(share - 0.01);
  vec4 after = pointAt(share + 0.01);
  vec2 along = (after.xy / after.w - before.xy / before.w) * project.viewportSize;
  float far = length(along);
  vec2 across = far > 0.0 ? vec2(-along.y, along.x) / far : vec2(1.0, 0.0);
  gl_Position = here;
  gl_Position.xy += project_pixel_size_to_clipspace(across * side * arcs.widthPx * 0.5);
  vColor = vec4(tone.rgb, tone.a * mix(0.3, 0.9, share));
}
`;

const fs = `#version 300 es
precision highp float;
in vec4 vColor;
out vec4 fragColor;
void main(void) {
  fragColor = vColor;
}
`;

/** Where an arc begins and ends, and its colour. */
export const arcColumns = {
  origin: { width: 2, kind: 'float32' },
  goal: { width: 2, kind: 'float32' },
  tone: { width: 4, kind: 'unorm8' },
} as const satisfies Columns;

/** Arcs between places on the ground, fainter where they begin. */
export class ArcLayer extends InstancedLayer<ArcLayerProps> {
  static override layerName = 'ArcLayer';

  protected columns(): Columns {
    return arcColumns;
  }

  protected shaders() {
    return { vs, fs, modules: [arcsModule] };
  }

  override draw(): void {
    const { look } = this.props as unknown as ArcLayerProps;
    const { model } = this.state as { model?: DrawnModel };
    model?.setVertexCount((pieces + 1) * 2);
    this.drawUsed('arcs', { widthPx: look.widthPx });
  }
}
