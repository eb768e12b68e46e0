// Bundles each page of real widgets, with all it imports, into build/.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import lwc from '@lwc/rollup-plugin';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build } from 'esbuild';
import { rollup } from 'rollup';

// Modules that pages share mount nothing.
const shared = new Set(['form.js', 'jquery.js', 'jquery-ui-widgets.js', 'react.jsx']);
// All of them, or those that are named.
const only = new Set(process.argv.slice(2));
const wanted = (each) => !only.size || only.has(basename(each, extname(each)));
const pages = readdirSync('pages').filter((each) => !shared.has(each) && wanted(each));
await build({
  entryPoints: pages.map((each) => `pages/${each}`), outdir: 'build', bundle: true, format: 'esm', jsx: 'automatic',
  define: {
    'process.env.NODE_ENV': '"production"', 'process.env': '{}', process: '{}', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  // The one that compiles templates in the page.
  alias: { vue: 'vue/dist/vue.esm-bundler.js' }, logLevel: 'error',
  loader: { '.png': 'dataurl', '.svg': 'dataurl', '.webp': 'dataurl', '.woff': 'empty', '.woff2': 'empty', '.ttf': 'empty', '.eot': 'empty', '.gif': 'dataurl' },
});
// Lightning has a compiler of its own.
if (wanted('lightning.js')) {
  const bundle = await rollup({
    input: 'lightning/main.js', onwarn: () => {},
    plugins: [lwc({ modules: [{ dir: 'lightning' }, { npm: 'lightning-base-components' }], rootDir: '.' }), nodeResolve(),
      { name: 'env', renderChunk: (code) => code.replaceAll('import.meta.env', '({ SSR: false })') }],
  });
  await bundle.write({ file: 'build/lightning.js', format: 'esm', inlineDynamicImports: true,
    intro: "const process = { env: { NODE_ENV: 'production' } };",
  });
}
const built = new Set(readdirSync('build'));
for (const each of [...pages, 'lightning.js'].filter(wanted)) {
  const name = basename(each, extname(each));
  const style = built.has(`${name}.css`) ? `<link rel="stylesheet" href="${name}.css">` : '';
  const html = `<!doctype html><meta charset="utf-8"><title>${name}</title>${style}<body><script type="module" src="${name}.js"></script>`;
  writeFileSync(`build/${name}.html`, html);
}
