import { Layer, project32 } from '@deck.gl/core';
import { SolidPolygonLayer } from '@deck.gl/layers';
import type { AreaStates } from './areaStates.ts';
import { type MapColors, type Rgb, wallLight } from './colors.ts';
import type { DrawnModel } from './instancedLayer.ts';
import { drawTold, tellAnew, type Told } from './toldModel.ts';
import { isViewKnown, type KnownView, type ToldView } from './steadyView.ts';

/** Written by the owner before a frame; the same object for the layer's life. */
export type AreaLook = {
  colors: MapColors;
  /** Factor on all heights. */
  heightScale: number;
  /** 1 = the areas are the picture, 0 = they lie over the land like glass. */
  cover: number;
  chosen: number;
  /** How wide edges are, CSS pixels; 1 = as the graphics card draws a line. */
  edgePx: number;
  /** Metres of a CSS pixel on the ground in the middle of the view. */
  metersPerPx: number;
};

type AreaLayerProps = { readonly states: AreaStates; readonly look: AreaLook };

const uniformBlock = `\
layout(std140) uniform areaUniforms {
  vec4 load0;
  vec4 load1;
  vec4 load2;
  vec4 load3;
  vec4 critical;
  vec4 major;
  vec4 line;
  vec4 chosenColor;
  vec4 text;
  vec2 wallLight;
  float heightScale;
  float chosen;
  float rowWidth;
  float isEdge;
  float cover;
  float edgePx;
  float edgeLift;
} area;
`;

const areaModule = {
  name: 'area',
  vs: `${uniformBlock}uniform sampler2D areaStates;\n`,
  fs: uniformBlock,
  uniformTypes: {
    load0: 'vec4<f32>',
    load1: 'vec4<f32>',
    load2: 'vec4<f32>',
    load3: 'vec4<f32>',
    critical: 'vec4<f32>',
    major: 'vec4<f32>',
    line: 'vec4<f32>',
    chosenColor: 'vec4<f32>',
    text: 'vec4<f32>',
    wallLight: 'vec2<f32>',
    heightScale: 'f32',
    chosen: 'f32',
    rowWidth: 'f32',
    isEdge: 'f32',
    cover: 'f32',
    edgePx: 'f32',
    edgeLift: 'f32',
  },
} as const;

// One texel per area holds all that changes; 4,580 areas are 73 kB whole, and one row of 256 is what one change costs.
const shared = `
out vec4 vColor;
out vec3 vPixels;
flat out float vHatch;
/** Gives the height at which it lies, in metres. */
float draw(vec3 place, vec3 placeLow, float top, vec3 normal) {
  int index = int(areaIndex + 0.5);
  int rowWidth = int(area.rowWidth + 0.5);
  vec4 state = texelFetch(areaStates, ivec2(index % rowWidth, index / rowWidth), 0);
  float height = state.r * area.heightScale;
  float urgency = mod(state.g, 4.0);
  vHatch = state.g >= 4.0 ? 1.0 : 0.0;
  bool isChosen = abs(area.chosen - areaIndex) < 0.5;
  vec4 tone = state.b < 0.0 ? area.load0 : state.b < 0.5 ? mix(area.load1, area.load2, state.b * 2.0) : mix(area.load2, area.load3, state.b * 2.0 - 1.0);
  if (urgency > 1.5) tone = area.critical;
  else if (urgency > 0.5) tone = area.major;
  float lit = 1.0;
  if (normal.z < 0.5) lit = mix(area.wallLight.x, area.wallLight.y, 0.5 + 0.5 * dot(normalize(normal.xy + 0.00001), normalize(vec2(-0.5, -0.85))));
  vec3 rgb = tone.rgb * lit;
  float alpha = state.b < 0.0 ? 0.34 : 0.93;
  if (area.isEdge > 0.5) {
    rgb = isChosen ? area.chosenColor.rgb : urgency > 0.5 ? mix(tone.rgb, area.text.rgb, 0.35) : state.b < 0.0 ? area.line.rgb : mix(tone.rgb, area.text.rgb, 0.22);
    alpha = isChosen ? 1.0 : state.b < 0.0 ? 0.6 : 0.85;
  } else if (isChosen) {
    rgb = mix(rgb, area.chosenColor.rgb, 0.28);
  }
  if (area.isEdge < 0.5) alpha *= mix(0.2, 1.0, area.cover);
  vColor = vec4(rgb, alpha);
  vec3 lifted = vec3(place.xy, height * top + (area.isEdge > 0.5 ? 1.5 : 0.0));
  gl_Position = project_position_to_clipspace(lifted, placeLow, vec3(0.0), geometry.position);
  vPixels = vec3(gl_Position.xy * project.viewportSize * 0.5 / project.devicePixelRatio, gl_Position.w);
  return lifted.z;
}
`;

const topVs = `#version 300 es
in vec3 vertexPositions;
in vec3 vertexPositions64Low;
in float areaIndex;
${shared}
void main(void) {
  draw(vertexPositions, vertexPositions64Low, 1.0, vec3(0.0, 0.0, 1.0));
}
`;

// Edges are drawn with the same geometry as walls, all of it at the top: no uprights. The graphics card's own lines are a pixel wide; where that is
// too thin to be seen from where people sit, an edge is a ribbon along the line, a little longer than it so that the next one joins. Its depth is
// that of a place as far above as it is wide: else the half of it that lies over the area would be hidden by the area.
// Ribbons have a shader of their own: where they are not drawn, nobody waits for its compiling before the map's first picture.
const ribbonVs = `
  if (!isRibbon) return;
  vec4 from = project_position_to_clipspace(vec3(vertexPositions.xy, height), vertexPositions64Low, vec3(0.0));
  vec4 to = project_position_to_clipspace(vec3(nextVertexPositions.xy, height), nextVertexPositions64Low, vec3(0.0));
  vec4 above = project_position_to_clipspace(vec3(place.xy, height + area.edgeLift), placeLow, vec3(0.0));
  vec2 way = (to.xy / to.w - from.xy / from.w) * project.viewportSize;
  vec2 onward = way / max(length(way), 0.0001);
  vec2 aside = vec2(-onward.y, onward.x) * (corner.y * 2.0 - 1.0);
  vec2 beyond = onward * (corner.x - 0.5) * 0.3;
  gl_Position.xy += project_pixel_size_to_clipspace((aside + beyond) * 0.5 * area.edgePx);
  gl_Position.z = above.z / above.w * gl_Position.w;`;
const sideVs = (edges: 'lines' | 'ribbons') => `#version 300 es
in vec2 positions;
in vec3 vertexPositions;
in vec3 nextVertexPositions;
in vec3 vertexPositions64Low;
in vec3 nextVertexPositions64Low;
in float instanceVertexValid;
in float areaIndex;
${shared}
void main(void) {
  if (instanceVertexValid < 0.5) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    vColor = vec4(0.0);
    vPixels = vec3(0.0, 0.0, 1.0);
    vHatch = 0.0;
    return;
  }
  bool isRibbon = ${edges === 'ribbons' ? 'area.isEdge > 0.5' : 'false'};
  // The corners of a line go around, those of a ribbon from side to side.
  vec2 corner = isRibbon && positions.y > 0.5 ? vec2(1.0 - positions.x, positions.y) : positions;
  vec3 place = mix(vertexPositions, nextVertexPositions, corner.x);
  vec3 placeLow = mix(vertexPositions64Low, nextVertexPositions64Low, corner.x);
  vec2 along = (nextVertexPositions.xy - vertexPositions.xy) * vec2(cos(radians(vertexPositions.y)), 1.0);
  float height = draw(place, placeLow, area.isEdge > 0.5 ? 1.0 : positions.y, vec3(along.y, -along.x, 0.0));${edges === 'ribbons' ? ribbonVs : ''}
}
`;

// Hatched in CSS pixels of the projection and not in pixels of the canvas: of a picture over several displays each canvas is a part, with pixels of
// its own, and a hatching goes on from one to the next.
const fs = `#version 300 es
precision highp float;
in vec4 vColor;
in vec3 vPixels;
flat in float vHatch;
out vec4 fragColor;
void main(void) {
  float stripe = step(0.72, fract((vPixels.x + vPixels.y) / vPixels.z / 9.0));
  vec3 rgb = mix(vColor.rgb, vColor.rgb * 0.55 + 0.2, vHatch * stripe);
  fragColor = vec4(rgb, max(vColor.a, vHatch * stripe * mix(0.25, 0.7, area.cover)));
}
`;

/** Areas as prisms: geometry made once, height and colour of each in one texel that is written when it changes. */
export class AreaLayer extends SolidPolygonLayer<unknown, AreaLayerProps> {
  static override layerName = 'AreaLayer';

  protected edges(): 'lines' | 'ribbons' {
    return 'lines';
  }

  override getShaders(type: string) {
    const vs = type === 'top' ? topVs : sideVs(this.edges());
    return Layer.prototype.getShaders.call(this, { vs, fs, modules: [project32, areaModule] });
  }

  override initializeState(): void {
    super.initializeState();
    // Not the layer's own row number: that lies in a buffer with columns which these shaders do not have.
    const accessor = (_: unknown, { index }: { index: number }) => index;
    this.getAttributeManager()?.add({ areaIndex: { size: 1, stepMode: 'dynamic', accessor } });
  }

  override finalizeState(context: Parameters<SolidPolygonLayer['finalizeState']>[0]): void {
    super.finalizeState(context);
    (this.state as unknown as AreaModels).written?.texture.destroy();
  }

  override setShaderModuleProps(...props: Parameters<SolidPolygonLayer['setShaderModuleProps']>): void {
    if (isViewKnown(this.state as KnownView, props[0] as ToldView)) return;
    tellAnew(this.state as Told);
    super.setShaderModuleProps(...props);
  }

  override draw(): void {
    const { states, look } = this.props as unknown as AreaLayerProps;
    const { topModel, sideModel, wireframeModel, polygonTesselator } = this.state as unknown as AreaModels;
    if (topModel === undefined || sideModel === undefined || wireframeModel === undefined) return;
    const areaStates = this.writeStates(states);
    const props = { ...uniformsOf({ states, look }), areaStates };
    const { renderPass } = this.context;
    const draw = (model: DrawnModel, isEdge: 0 | 1) =>
      drawTold(model, { told: this.state as Told, module: 'area', uniforms: { ...props, isEdge }, renderPass });
    sideModel.setInstanceCount(polygonTesselator.instanceCount - 1);
    draw(sideModel, 0);
    topModel.setVertexCount(polygonTesselator.vertexCount);
    draw(topModel, 0);
    wireframeModel.setTopology(this.edges() === 'ribbons' ? 'triangle-strip' : 'line-strip');
    wireframeModel.setInstanceCount(polygonTesselator.instanceCount - 1);
    draw(wireframeModel, 1);
  }

  // In the layer's state and not in a field: a newer layer of the same name takes the state over.
  private writeStates(states: AreaStates): StateTexture {
    const held = this.state as unknown as AreaModels;
    if (held.written?.states !== states) {
      held.written?.texture.destroy();
      held.written = { states, texture: this.makeTexture(states), version: -1 };
    }
    const { texture, version } = held.written;
    const changed = states.changedSince(version);
    if (changed !== null) {
      const { rowWidth, values } = states;
      const part = values.subarray(changed.fromRow * rowWidth * 4, changed.toRow * rowWidth * 4);
      texture.writeData(part, { x: 0, y: changed.fromRow, width: rowWidth, height: changed.toRow - changed.fromRow });
      held.written.version = states.version();
    }
    return texture;
  }

  private makeTexture({ rowWidth, rows }: AreaStates): StateTexture {
    return this.context.device.createTexture({
      format: 'rgba32float',
      width: rowWidth,
      height: rows,
      sampler: { minFilter: 'nearest', magFilter: 'nearest' },
      mipLevels: 1,
    });
  }
}

/** The same with edges wider than a line of the graphics card; it must have another id than one without. */
export class RibbonAreaLayer extends AreaLayer {
  static override layerName = 'RibbonAreaLayer';

  protected override edges(): 'lines' | 'ribbons' {
    return 'ribbons';
  }
}

type StateTexture = { writeData(data: Float32Array, options: object): void; destroy(): void };

type AreaModels = {
  readonly topModel?: DrawnModel;
  readonly sideModel?: DrawnModel;
  readonly wireframeModel?: DrawnModel & { setTopology(topology: 'line-strip' | 'triangle-strip'): void };
  readonly polygonTesselator: { readonly instanceCount: number; readonly vertexCount: number };
  written?: { readonly states: AreaStates; readonly texture: StateTexture; version: number };
};

function uniformsOf({ states, look: { colors, heightScale, cover, chosen, edgePx, metersPerPx } }: AreaLayerProps) {
  const [load0, load1, load2, load3] = colors.load;
  return {
    load0: rgba(load0),
    load1: rgba(load1),
    load2: rgba(load2),
    load3: rgba(load3),
    critical: rgba(colors.areas.critical),
    major: rgba(colors.areas.major),
    line: rgba(colors.line),
    chosenColor: rgba(colors.chosen),
    text: rgba(colors.text),
    wallLight: wallLight(colors),
    ...{ heightScale, cover, chosen, rowWidth: states.rowWidth, edgePx, edgeLift: edgePx * metersPerPx },
  };
}

function rgba([red, green, blue]: Rgb): readonly number[] {
  return [red, green, blue, 1];
}
