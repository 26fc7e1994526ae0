import { type Columns, InstancedLayer } from './instancedLayer.ts';

/** Shapes of marks: what a colour says, a shape says too. */
export const markShapes = ['dot', 'ring', 'triangle', 'diamond', 'square', 'hollow', 'house'] as const;
export type MarkShape = (typeof markShapes)[number];

/** Written by the owner before a frame; the same object for the layer's life. */
export type MarkLook = { readonly ground: () => readonly number[]; readonly chosen: () => readonly number[]; scale: number };

// Shapes are numbered below this; a chosen one's number is higher by it.
const chosenFrom = 16;

/** The column `form` of a sign of `halfPx`. The chosen one keeps its colour, which says how bad it is: it is larger and has a ring around it. */
export function formOf({ shape, halfPx, isChosen }: { shape: MarkShape; halfPx: number; isChosen: boolean }): readonly [number, number] {
  const number = markShapes.indexOf(shape);
  return isChosen ? [number + chosenFrom, halfPx + 2] : [number, halfPx];
}

type MarkLayerProps = { readonly look: MarkLook };

const uniformBlock = `\
layout(std140) uniform markUniforms {
  vec4 ground;
  vec4 chosen;
  float scale;
} mark;
`;

const markModule = {
  name: 'mark',
  vs: uniformBlock,
  fs: uniformBlock,
  uniformTypes: { ground: 'vec4<f32>', chosen: 'vec4<f32>', scale: 'f32' },
} as const;

const vs = `#version 300 es
in vec3 positions;
in vec2 place;
in vec4 tone;
in vec2 form;
out vec2 vUnit;
out vec4 vColor;
flat out float vShape;
void main(void) {
  vUnit = positions.xy * (form.x > 15.5 ? 1.8 : 1.3);
  vColor = tone;
  vShape = form.x;
  gl_Position = project_position_to_clipspace(vec3(place, 0.0), vec3(0.0), vec3(0.0), geometry.position);
  gl_Position.xy += project_pixel_size_to_clipspace(vUnit * form.y * mark.scale);
  if (form.y <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const fs = `#version 300 es
precision highp float;
in vec2 vUnit;
in vec4 vColor;
flat in float vShape;
out vec4 fragColor;
float triangle(vec2 p) {
  return max(dot(vec2(abs(p.x), p.y), normalize(vec2(1.75, 1.0))) - 0.5, -p.y - 0.72);
}
float house(vec2 p) {
  float walls = max(abs(p.x) - 0.62, max(-p.y - 0.75, p.y - 0.12));
  float roof = max(dot(vec2(abs(p.x), p.y), normalize(vec2(0.85, 1.0))) - 0.68, -p.y);
  return min(walls, roof);
}
void main(void) {
  float w = fwidth(vUnit.y) + 0.0001;
  float r = length(vUnit);
  float body = r - 0.8;
  float shape = mod(vShape, 16.0);
  if (shape > 5.5) body = house(vUnit);
  else if (shape > 4.5) body = abs(r - 0.68) - 0.17;
  else if (shape > 3.5) body = max(abs(vUnit.x), abs(vUnit.y)) - 0.68;
  else if (shape > 2.5) body = abs(vUnit.x) + abs(vUnit.y) - 0.95;
  else if (shape > 1.5) body = triangle(vUnit);
  else if (shape > 0.5) body = r - 1.0;
  float fill = 1.0 - smoothstep(-w, w, body);
  float edge = 1.0 - smoothstep(-w, w, body - 0.16);
  vec3 inside = vColor.rgb;
  // A group's disc is the ground's own colour with a coloured rim: its number is written on it.
  if (shape > 0.5 && shape < 1.5) inside = mix(vColor.rgb, mark.ground.rgb, 1.0 - smoothstep(-w, w, body + 0.16));
  vec3 rgb = mix(mark.ground.rgb, inside, fill);
  // Around the chosen one, off from it so that its own colour ends where it ends; at a sharp corner it is round.
  float ring = vShape > 15.5 ? 1.0 - smoothstep(-w, w, abs(max(body, r - 1.2) - 0.4) - 0.16) : 0.0;
  rgb = mix(rgb, mark.chosen.rgb, ring);
  float a = max(max(fill, edge * 0.8) * vColor.a, ring);
  if (a < 0.01) discard;
  fragColor = vec4(rgb, a);
}
`;

/** Where a sign is, its colour and its form. */
export const markColumns = {
  place: { width: 2, kind: 'float32' },
  tone: { width: 4, kind: 'unorm8' },
  /** `formOf`; half a size of 0 = not drawn. */
  form: { width: 2, kind: 'float32' },
} as const satisfies Columns;

/** Small signs that always face the viewer: cameras, groups of cameras, centers, incidents. */
export class MarkLayer extends InstancedLayer<MarkLayerProps> {
  static override layerName = 'MarkLayer';

  protected columns(): Columns {
    return markColumns;
  }

  protected shaders() {
    return { vs, fs, modules: [markModule] };
  }

  override draw(): void {
    const { look } = this.props as unknown as MarkLayerProps;
    this.drawUsed('mark', { ground: look.ground(), chosen: look.chosen(), scale: look.scale });
  }
}
