'use strict';
/**
 * Import resolver for eslint-plugin-boundaries (eslint-import-resolver protocol 2). The stock node resolver knows neither the
 * `imports` map of package.json nor Vite's `?url` queries, and what it cannot resolve the plugin would treat as a foreign package.
 */
const { existsSync, statSync } = require('node:fs');
const { isBuiltin } = require('node:module');
const path = require('node:path');

exports.interfaceVersion = 2;

exports.resolve = (source, importer) => {
  if (isBuiltin(source)) return { found: true, path: null };
  const clean = source.split('?')[0];
  const target = clean.startsWith('#')
    ? path.resolve(process.cwd(), clean.slice(1))
    : clean.startsWith('.') || path.isAbsolute(clean)
      ? path.resolve(path.dirname(importer), clean)
      : null;
  // A bare package name is left unresolved: the plugin then calls it external, by its name, whatever node_modules looks like.
  if (target === null) return { found: false };
  return existsSync(target) && statSync(target).isFile() ? { found: true, path: target } : { found: false };
};
