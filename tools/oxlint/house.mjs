/**
 * Rules of the house style that no linter brings: names that say nothing, boolean arguments, tests that sleep.
 * An oxlint JS plugin with ESLint's rule interface; fixtures in test/layers/ prove each rule.
 */

/** @typedef {{ type: string, name?: string, [key: string]: any }} Node */
/** @typedef {{ report: (finding: { node: Node, message: string }) => void, sourceCode: { lines: string[] }, options: { max?: number }[] }} RuleContext */

/** Vocabulary, "Banned as names"; at the end of a compound name they are as empty as alone. */
const emptyEnding = /(?:Manager|Helper|Util|Utils|Misc)s?$/;
const prefix = /^[IT][A-Z][a-z]/;

const names = {
  /** @param {RuleContext} context */
  create(context) {
    const check = (/** @type {Node | null | undefined} */ id) => {
      if (id?.type !== 'Identifier' || id.name === undefined || !emptyEnding.test(id.name)) return;
      context.report({ node: id, message: `names: "${id.name}" says nothing about what it does; see the vocabulary` });
    };
    const checkType = (/** @type {Node} */ node) => {
      check(node.id);
      if (prefix.test(node.id?.name ?? '')) context.report({ node: node.id, message: `names: "${node.id.name}" needs no I or T in front` });
    };
    return {
      VariableDeclarator: (/** @type {Node} */ node) => check(node.id),
      FunctionDeclaration: (/** @type {Node} */ node) => check(node.id),
      ClassDeclaration: (/** @type {Node} */ node) => check(node.id),
      TSTypeAliasDeclaration: checkType,
      TSInterfaceDeclaration: checkType,
    };
  },
};

const booleanArguments = {
  /** @param {RuleContext} context */
  create(context) {
    const check = (/** @type {Node} */ node) => {
      for (const parameter of node.params ?? []) {
        const declared = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
        if (declared.typeAnnotation?.typeAnnotation?.type !== 'TSBooleanKeyword') continue;
        context.report({
          node: parameter,
          message: `arguments: ${declared.name ?? 'this'} is a bare true or false at the call; take a named option instead`,
        });
      }
    };
    return {
      FunctionDeclaration: check,
      VariableDeclarator: (/** @type {Node} */ node) => {
        if (node.init?.type === 'ArrowFunctionExpression' || node.init?.type === 'FunctionExpression') check(node.init);
      },
      MethodDefinition: (/** @type {Node} */ node) => check(node.value),
    };
  },
};

const sleepMessage = 'tests: wait for the event itself, not for time to pass';

const noSleep = {
  /** @param {RuleContext} context */
  create(context) {
    return {
      // new Promise((resolve) => setTimeout(resolve, ms))
      NewExpression(/** @type {Node} */ node) {
        const executor = node.callee?.name === 'Promise' ? node.arguments[0] : undefined;
        const first = executor?.params?.[0]?.name;
        const call = executor?.body?.type === 'BlockStatement' ? executor.body.body[0]?.expression : executor?.body;
        if (first !== undefined && call?.callee?.name === 'setTimeout' && call.arguments[0]?.name === first)
          context.report({ node, message: sleepMessage });
      },
      ImportDeclaration(/** @type {Node} */ node) {
        if (/^(node:)?timers\/promises$/.test(node.source.value)) context.report({ node, message: sleepMessage });
      },
      // page.waitForTimeout(ms)
      MemberExpression(/** @type {Node} */ node) {
        if (node.property?.name === 'waitForTimeout') context.report({ node, message: sleepMessage });
      },
    };
  },
};

/** A function that only makes others (createX with its closures) is read one inner function at a time; so each is measured by its own lines. */
const usualOwnLines = 50;

const shortFunctions = {
  meta: { schema: [{ type: 'object', properties: { max: { type: 'integer' } }, additionalProperties: false }] },
  /** @param {RuleContext} context */
  create(context) {
    const limit = context.options[0]?.max ?? usualOwnLines;
    /** @type {{ node: Node, inner: Node[] }[]} */
    const open = [];
    const enter = (/** @type {Node} */ node) => {
      open.at(-1)?.inner.push(node);
      open.push({ node, inner: [] });
    };
    const exit = () => {
      const { node, inner } = /** @type {{ node: Node, inner: Node[] }} */ (open.pop());
      const lines = ownLines({ lines: context.sourceCode.lines, node, inner });
      if (lines > limit) context.report({ node, message: `length: ${lines} lines of its own, at most ${limit}; split it` });
    };
    const kinds = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
    return Object.fromEntries(
      kinds.flatMap((kind) => [
        [kind, enter],
        [`${kind}:exit`, exit],
      ]),
    );
  },
};

/**
 * Lines of a function without blank ones, comments and the insides of inner functions.
 * @param {{ lines: readonly string[], node: Node, inner: readonly Node[] }} options
 */
function ownLines({ lines, node, inner }) {
  const inside = (/** @type {number} */ line) => inner.some(({ loc }) => line > loc.start.line && line <= loc.end.line);
  let count = 0;
  for (let line = node.loc.start.line; line <= node.loc.end.line; line += 1) {
    if (!inside(line) && !/^\s*(\/\/|\*|\/\*|$)/.test(lines[line - 1] ?? '')) count += 1;
  }
  return count;
}

const plugin = {
  meta: { name: 'house' },
  rules: { names, 'no-boolean-argument': booleanArguments, 'no-sleep-in-tests': noSleep, 'short-functions': shortFunctions },
};

// oxlint loads a plugin by its default export, like ESLint.
// oxlint-disable-next-line import/no-default-export
export default plugin;
