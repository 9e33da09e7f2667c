import { gzipSync } from 'node:zlib';
import type { SiteFile } from './write-site.js';

/** What tells our pages from others. */
export const MARK = '<meta name="generator" content="Matinee">';

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%234338ca'/%3E%3Cpath d='M9 22V10l7 7 7-7v12' fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

/** The page of a site in a folder. The policy forbids the browser every request outside of it. */
export function indexPage(title: string): string {
  return page(
    title,
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data: blob:; connect-src 'self'",
    '<link rel="stylesheet" href="site.css">',
    '<script src="site.js"></script>',
  );
}

/** The page that holds everything: no request at all, so that it opens from a disk. */
export function singlePage(title: string, files: readonly SiteFile[]): string {
  const content = (name: string) => files.find((file) => file.name === name)?.content.toString('utf8') ?? '';
  const data = files.filter(({ name }) => name !== 'site.js' && name !== 'site.css').map(inlined);
  return page(
    title,
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:",
    `<style>${content('site.css').replaceAll('</style', '<\\/style')}</style>`,
    `${data.join('\n')}\n<script>${content('site.js').replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script>`,
  );
}

/** What is not gzipped already is now. */
function inlined({ name, content }: SiteFile): string {
  const packed = name.endsWith('.gz') ? content : gzipSync(content, { level: 9 });
  return `<script type="text/plain" data-file="${name}">${packed.toString('base64')}</script>`;
}

function page(title: string, policy: string, head: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${MARK}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${ICON}">
${head}
</head>
<body>
<div id="site"><noscript>This page draws with JavaScript, which is switched off.</noscript></div>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
