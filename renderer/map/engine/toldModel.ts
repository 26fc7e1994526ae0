import type { DrawnModel } from './instancedLayer.ts';

type Uniforms = { readonly [name: string]: unknown };
type Last = { readonly changes: number; readonly uniforms: Uniforms };

/** Where a layer keeps what its models were told; lies in the layer's state, so that it goes where the models go. */
export type Told = { changes?: number; last?: WeakMap<object, Last> };

/** Something else than the uniforms of `drawTold` is told to the layer's models: the next drawing sends everything. */
export function tellAnew(told: Told): void {
  told.changes = (told.changes ?? 0) + 1;
}

/**
 * Draws a model with these uniforms of its own module. What it knows already is not told again: luma would flatten and compare every uniform of
 * every module for each drawing, which is most of what a frame over a view that stands still would cost.
 */
export function drawTold(model: DrawnModel, { told, module, uniforms, renderPass }: Drawing): void {
  told.last ??= new WeakMap();
  const changes = told.changes ?? 0;
  const last = told.last.get(model);
  const isOwnSame = isSame(last?.uniforms ?? {}, uniforms);
  const { shaderInputs } = model;
  if (!isOwnSame) shaderInputs.setProps({ [module]: uniforms });
  const isRestSame = last?.changes === changes;
  if (isRestSame) shaderInputs.getUniformValues = () => (isOwnSame ? {} : { [module]: shaderInputs.moduleUniforms[module] });
  const isDrawn = model.draw(renderPass);
  // Its own again: that of all models.
  if (isRestSame) Reflect.deleteProperty(shaderInputs, 'getUniformValues');
  if (isDrawn) told.last.set(model, { changes, uniforms });
  else told.last.delete(model);
}

type Drawing = { readonly told: Told; readonly module: string; readonly uniforms: Uniforms; readonly renderPass: unknown };

function isSame(one: Uniforms, other: Uniforms): boolean {
  return Object.keys(other).every((name) => {
    const [before, now] = [one[name], other[name]];
    if (before === now) return true;
    if (!Array.isArray(before) || !Array.isArray(now) || before.length !== now.length) return false;
    return before.every((figure, at) => figure === now[at]);
  });
}
