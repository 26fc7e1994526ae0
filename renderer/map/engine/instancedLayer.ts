import { color, Layer, picking, project32 } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { drawTold, tellAnew, type Told } from './toldModel.ts';
import { isViewKnown, type KnownView, type ToldView } from './steadyView.ts';

type ShaderParts = { readonly vs: string; readonly fs: string; readonly modules: readonly object[] };

/** A column of figures per instance: `width` figures of this kind for each. */
export type Column = { readonly width: number; readonly kind: 'float32' | 'unorm8' };

/** Columns by the name they have in the shader. */
export type Columns = { readonly [name: string]: Column };

/** A part of a column that was written: instances `from` to `to` - 1. */
export type Written = { readonly name: string; readonly from: number; readonly to: number };

/** What such a layer draws: so many instances, whose figures lie in these arrays. The same object for as long as the arrays are the same. */
export type InstancedSource = {
  /** Places that there are. */
  readonly length: number;
  /** How many of them, from the first, are in use; the others are not drawn. */
  used: number;
  readonly attributes: { readonly [name: string]: { readonly value: Float32Array | Uint8Array; readonly size: number } };
  /** What the next frame has to send; the layer empties it. */
  readonly written: Written[];
};

/** What is used of a luma model. */
export type DrawnModel = {
  readonly shaderInputs: {
    readonly moduleUniforms: { readonly [module: string]: object };
    setProps(props: object): void;
    getUniformValues(): object;
  };
  /** False: something it needs is not there yet. */
  draw(renderPass: unknown): boolean;
  setInstanceCount(count: number): void;
  setVertexCount(count: number): void;
};

type InstancedProps = { readonly data: InstancedSource };

/**
 * A square per instance, whose figures come from columns that their owner writes into; `written` of the source says which part of which column
 * is new, and just that part is sent to the graphics card when the next frame is drawn (between frames the context's bindings belong to
 * MapLibre). No object per instance, no comparing, no new layer.
 */
export abstract class InstancedLayer<Props extends object = object> extends ScatterplotLayer<unknown, Props & InstancedProps> {
  static override layerName = 'InstancedLayer';

  protected abstract columns(): Columns;
  protected abstract shaders(): ShaderParts;

  override getShaders() {
    const { vs, fs, modules } = this.shaders();
    return Layer.prototype.getShaders.call(this, { vs, fs, modules: [project32, color, picking, ...modules] });
  }

  override initializeState(): void {
    const attributes = Object.entries(this.columns()).map(([name, { width, kind }]) => [
      name,
      { size: width, type: kind, accessor: name, noAlloc: true, update: () => {} },
    ]);
    this.getAttributeManager()?.addInstanced(Object.fromEntries(attributes));
  }

  // A layer of nobody costs a frame nothing: neither its uniforms nor its state are set.
  override _drawLayer(drawing: Parameters<ScatterplotLayer['_drawLayer']>[0]): void {
    if (this.source().used > 0) super._drawLayer(drawing);
  }

  override setShaderModuleProps(...props: Parameters<ScatterplotLayer['setShaderModuleProps']>): void {
    if (isViewKnown(this.state as KnownView, props[0] as ToldView)) return;
    tellAnew(this.state as Told);
    super.setShaderModuleProps(...props);
  }

  /** Sends what was written, and draws as many as are in use. */
  protected drawUsed(module: string, uniforms: { readonly [name: string]: unknown }): void {
    this.flush();
    const { model } = this.state as { model?: DrawnModel };
    if (model === undefined) return;
    model.setInstanceCount(this.source().used);
    drawTold(model, { told: this.state as Told, module, uniforms, renderPass: this.context.renderPass });
  }

  private source(): InstancedSource {
    return this.props.data as unknown as InstancedSource;
  }

  private flush(): void {
    const { attributes: columns, written } = this.source();
    if (written.length === 0) return;
    const attributes = this.getAttributeManager()?.getAttributes() ?? {};
    for (const { name, from, to } of written) {
      const column = columns[name];
      const buffer = attributes[name]?.getBuffer();
      if (column === undefined || buffer == null || to <= from) continue;
      const { value, size } = column;
      buffer.write(value.subarray(from * size, to * size), from * size * value.BYTES_PER_ELEMENT);
    }
    written.length = 0;
  }
}
