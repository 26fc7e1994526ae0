import type { MapColors, Rgb } from './colors.ts';
import { type Columns, InstancedLayer } from './instancedLayer.ts';

/** What the layer needs for each frame beside its columns. */
export type ResponderLayerProps = {
  readonly look: ResponderLook;
};

/** Written by the owner before a frame; the same object for the layer's life. */
export type ResponderLook = {
  /** Seconds since the columns' own zero. */
  nowSeconds: number;
  colors: MapColors;
  /** Instance that is chosen, -1 = none. */
  chosen: number;
  sizePx: number;
  /** Whether the age of a place is drawn as a ring. */
  ages: 'rings' | 'none';
};

const uniformBlock = `\
layout(std140) uniform responderUniforms {
  vec4 available;
  vec4 busy;
  vec4 off;
  vec4 stale;
  vec4 chosenColor;
  float nowSeconds;
  float staleAfter;
  float sizePx;
  float chosen;
  float rings;
} responder;
`;

const responderModule = {
  name: 'responder',
  vs: uniformBlock,
  fs: uniformBlock,
  uniformTypes: {
    available: 'vec4<f32>',
    busy: 'vec4<f32>',
    off: 'vec4<f32>',
    stale: 'vec4<f32>',
    chosenColor: 'vec4<f32>',
    nowSeconds: 'f32',
    staleAfter: 'f32',
    sizePx: 'f32',
    chosen: 'f32',
    rings: 'f32',
  },
} as const;

// An arrow's square is three times the arrow, so that its halo has room; without halos a fifth of the points are drawn.
const vs = `#version 300 es
in vec3 positions;
in vec2 place;
in float measured;
in float turn;
out vec2 vUnit;
out vec4 vColor;
out float vAge;
out float vChosen;
void main(void) {
  float age = max(responder.nowSeconds - measured, 0.0);
  vAge = age / responder.staleAfter;
  vChosen = abs(responder.chosen - float(gl_InstanceID)) < 0.5 ? 1.0 : 0.0;
  vUnit = positions.xy * (responder.rings > 0.5 || vChosen > 0.5 ? 3.0 : 1.45);
  float heading = radians(mod(turn, 512.0));
  float code = floor(turn / 512.0);
  vec4 tone = code < 0.5 ? responder.available : code < 4.5 ? responder.busy : responder.off;
  vColor = vAge > 1.0 ? responder.stale : tone;
  if (vChosen > 0.5) vColor = responder.chosenColor;
  vec2 turned = mat2(cos(heading), -sin(heading), sin(heading), cos(heading)) * vUnit;
  vec3 offset = vec3(turned * project_pixel_size(responder.sizePx), 0.0);
  gl_Position = project_position_to_clipspace(vec3(place, 0.0), vec3(0.0), offset, geometry.position);
  // Nobody ever heard of him: he is nowhere.
  if (measured <= 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

// A fresh place is a full arrow; the older, the wider and fainter the ring of where he may be by now; a stale one is hollow and has no heading.
const fs = `#version 300 es
precision highp float;
in vec2 vUnit;
in vec4 vColor;
in float vAge;
in float vChosen;
out vec4 fragColor;
float arrow(vec2 p) {
  float sides = dot(vec2(abs(p.x), p.y), normalize(vec2(2.2, 1.0))) - 0.42;
  float notch = -p.y - 0.75 + abs(p.x) * 0.9;
  return max(sides, notch);
}
void main(void) {
  float r = length(vUnit);
  float w = fwidth(vUnit.y) + 0.0001;
  bool isStale = vAge > 1.0;
  float body = isStale ? abs(r - 0.62) - 0.11 : arrow(vUnit);
  float alpha = 1.0 - smoothstep(-w, w, body);
  float ringAt = mix(0.9, 2.6, clamp(vAge, 0.0, 1.0));
  float ring = isStale ? 0.0 : responder.rings * (1.0 - smoothstep(0.0, w, abs(r - ringAt) - 0.05)) * (0.05 + 0.28 * vAge);
  float dark = isStale ? 0.0 : (1.0 - smoothstep(-w, w, body - 0.16)) * 0.75;
  float around = vChosen * (1.0 - smoothstep(0.0, w, abs(r - 1.7) - 0.09));
  alpha = max(alpha, around);
  vec3 rgb = mix(vec3(0.05, 0.07, 0.09), vColor.rgb, clamp(max(alpha, ring * 3.0), 0.0, 1.0));
  float a = max(max(alpha, dark), ring) * vColor.a;
  if (a < 0.01) discard;
  fragColor = vec4(rgb, a);
}
`;

/** Where somebody is, since when, and where he goes. */
export const responderColumns = {
  place: { width: 2, kind: 'float32' },
  measured: { width: 1, kind: 'float32' },
  // Status times 512 plus heading: one figure instead of two.
  turn: { width: 1, kind: 'float32' },
} as const satisfies Columns;

/** People and vehicles: an arrow that points where they go, with a ring that grows with the age of what is known of them. */
export class ResponderLayer extends InstancedLayer<ResponderLayerProps> {
  static override layerName = 'ResponderLayer';

  protected columns(): Columns {
    return responderColumns;
  }

  protected shaders() {
    return { vs, fs, modules: [responderModule] };
  }

  override draw(): void {
    const { look } = this.props as unknown as ResponderLayerProps;
    const { colors } = look;
    this.drawUsed('responder', {
      available: rgba(colors.good),
      busy: rgba(colors.chosen),
      off: rgba(colors.quiet, 0.7),
      stale: rgba(colors.stale, 0.85),
      chosenColor: rgba(colors.text),
      nowSeconds: look.nowSeconds,
      staleAfter: staleAfterSeconds,
      sizePx: look.sizePx,
      chosen: look.chosen,
      rings: look.ages === 'rings' ? 1 : 0,
    });
  }
}

// contract/responders, staleAfterMs.
const staleAfterSeconds = 60;

function rgba([red, green, blue]: Rgb, alpha = 1): readonly number[] {
  return [red, green, blue, alpha];
}
