import { expect, test } from 'vitest';
import { drawTold, tellAnew, type Told } from './toldModel.ts';

function drive() {
  const sent: string[] = [];
  const everything = { project: { scale: 1 }, own: { age: 0 } };
  let isReady = true;
  class Inputs {
    moduleUniforms: Record<string, object> = everything;
    setProps(props: object) {
      this.moduleUniforms = { ...this.moduleUniforms, ...props } as Record<string, object>;
    }
    getUniformValues(): object {
      return this.moduleUniforms;
    }
  }
  const makeModel = () => {
    const shaderInputs = new Inputs();
    return {
      shaderInputs,
      setInstanceCount: () => {},
      setVertexCount: () => {},
      draw: () => {
        sent.push(JSON.stringify(shaderInputs.getUniformValues()));
        return isReady;
      },
    };
  };
  const told: Told = {};
  const model = makeModel();
  const draw = (uniforms: { readonly [name: string]: unknown }, drawn = model) => {
    drawTold(drawn, { told, module: 'own', uniforms, renderPass: null });
    return sent.at(-1);
  };
  return { draw, told, makeModel, model, setReady: (how: 'ready' | 'waiting') => void (isReady = how === 'ready') };
}

test('a model is told everything once, then what is another, and nothing while nothing is', () => {
  const { draw } = drive();
  expect([draw({ age: 1 }), draw({ age: 1 }), draw({ age: 2 }), draw({ age: 2 })]).toEqual([
    '{"project":{"scale":1},"own":{"age":1}}',
    '{}',
    '{"own":{"age":2}}',
    '{}',
  ]);
});

test('colours are compared figure by figure', () => {
  const { draw } = drive();
  draw({ tone: [1, 0, 0] });
  expect([draw({ tone: [1, 0, 0] }), draw({ tone: [1, 0, 0.5] }), draw({ tone: [1, 0] })]).toEqual([
    '{}',
    '{"own":{"tone":[1,0,0.5]}}',
    '{"own":{"tone":[1,0]}}',
  ]);
});

test('after another view, for another model, and after a drawing that did not come about, everything is told', () => {
  const { draw, told, makeModel, setReady } = drive();
  const all = '{"project":{"scale":1},"own":{"age":1}}';
  draw({ age: 1 });
  tellAnew(told);
  expect([draw({ age: 1 }), draw({ age: 1 }), draw({ age: 1 }, makeModel())]).toEqual([all, '{}', all]);
  setReady('waiting');
  draw({ age: 1 });
  setReady('ready');
  expect([draw({ age: 1 }), draw({ age: 1 })]).toEqual([all, '{}']);
});
