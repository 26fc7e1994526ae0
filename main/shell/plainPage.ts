import type { Language } from '#contract/bridge/index.ts';

/** The last resort of a window that keeps failing: text in large letters, no script, nothing to load. As a `data:` address. */
export function plainPageUrl({ lines, language }: { readonly lines: readonly string[]; readonly language: Language }): string {
  const paragraphs = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('');
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  const html =
    `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Commandwall</title>` +
    `<style>body{background:#11161d;color:#e8edf3;font:32px/1.6 sans-serif;margin:12vh 12vw}</style>${paragraphs}`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
