import { createHash } from 'node:crypto';
import { parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import solid from 'vite-plugin-solid';
import { encode } from './server/staticFiles.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** By page: what a browser fetches before it can be used, compressed; the typeface, which all share, goes with the studio. */
const SHELL_LIMIT_BYTES: Record<string, number> = { index: 300 * 1000, listen: 64 * 1000 };
const ENGINE_LIMIT_BYTES = 250 * 1000;

/**
 * What a browser fetches before a page can be used: the entry, what it imports statically, their styles and, for the studio, the
 * typeface's Latin part. Over its limit the build fails.
 */
function shellSize(): Plugin {
  return {
    name: 'mixwell-shell-size',
    apply: 'build',
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      for (const [page, limit] of Object.entries(SHELL_LIMIT_BYTES)) {
        const names = new Set<string>();
        const visit = (name: string) => {
          const chunk = byName.get(name);
          if (!chunk || names.has(name)) return;
          names.add(name);
          for (const style of chunk.viteMetadata?.importedCss ?? []) names.add(style);
          for (const imported of chunk.imports) visit(imported);
        };
        for (const chunk of chunks) if (chunk.isEntry && chunk.name === page) visit(chunk.fileName);
        if (names.size === 0) this.error(`the build has no page "${page}"`);
        const latin = Object.keys(bundle).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
        if (latin && page === 'index') names.add(latin);
        const sizes = [...names].map((name) => {
          const file = bundle[name];
          const bytes = file?.type === 'chunk' ? file.code : (file?.source ?? '');
          return { name, size: name.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length };
        });
        const total = sizes.reduce((sum, { size }) => sum + size, 0);
        const list = sizes.map(({ name, size }) => `${name} ${(size / 1000).toFixed(0)}`).join(', ');
        console.info(`${page} ${(total / 1000).toFixed(0)} KB compressed (${list})`);
        if (total > limit) this.error(`${page} is ${total} bytes compressed, over the limit of ${limit}`);
      }
    },
  };
}

/** The engine stays under 250 KB as the server sends it to a browser (brotli), or the build fails. */
function engineSize(): Plugin {
  return {
    name: 'mixwell-engine-size',
    apply: 'build',
    async writeBundle(_, bundle) {
      const engine = Object.values(bundle).find(({ fileName }) => /mixwell[^/]*\.wasm$/.test(fileName));
      if (engine?.type !== 'asset') return this.error('the page has no engine');
      const { length } = await encode(new Uint8Array(Buffer.from(engine.source)), 'br');
      console.info(`engine ${(length / 1000).toFixed(0)} KB compressed`);
      if (length > ENGINE_LIMIT_BYTES) {
        this.error(`the engine is ${length} bytes compressed, over the limit of ${ENGINE_LIMIT_BYTES}`);
      }
    },
  };
}

/** zod's classes refer to its JSON Schema, which nothing here asks for: without it the shell is smaller by some kilobytes. */
function withoutJsonSchema(): Plugin {
  return {
    name: 'mixwell-without-json-schema',
    apply: 'build',
    transform(code, id) {
      if (!/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/.test(id)) return null;
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
      const aliases = [...code.matchAll(/^export \{.*\};?$/gm)].map(([line]) => line);
      const empty = names.map((name) => `export const ${name} = () => undefined;`);
      return { code: [...empty, ...aliases].join('\n'), map: null };
    },
  };
}

/**
 * Solid makes its templates by `innerHTML`, a sink that Trusted Types guard: here it goes through the page's own policy.
 * Nothing else of Solid's that reaches `innerHTML` is in the page.
 */
function trustedTemplates(): Plugin {
  return {
    name: 'mixwell-trusted-templates',
    apply: 'build',
    transform(code, id) {
      if (!/solid-js\/web\/dist\/web\.js$/.test(id)) return null;
      const sink = 't.innerHTML = html;';
      if (!code.includes(sink))
        this.error('Solid makes its templates in another way: look at trustedTemplates');
      const guarded = code.replace(sink, 't.innerHTML = compiledMarkup(html);');
      return {
        code: `import { compiledMarkup } from ${JSON.stringify(at('./src/trusted.ts'))};\n${guarded}`,
        map: null,
      };
    },
  };
}

/** Tells the service worker which files this build has; it is one file of its own, beside the pages. */
function serviceWorker(): Plugin {
  return {
    name: 'mixwell-service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk' || worker.imports.length > 0) {
          return this.error('the service worker is not one file');
        }
        const isKept = (name: string) => name.startsWith('assets/') && !name.endsWith('.map');
        const assets = Object.keys(bundle).filter(isKept).sort();
        const files = ['/', '/listen.html', ...assets.map((name) => `/${name}`)];
        const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 16);
        worker.code = `const APP_FILES=${JSON.stringify(files)},APP_VERSION=${JSON.stringify(version)};${worker.code}`;
      },
    },
  };
}

/** Whether a page can come to a module, at its start or later too. */
function comesTo(page: string, id: string, graph: Rolldown.ChunkingContext, when: 'start' | 'ever'): boolean {
  const seen = new Set<string>();
  const visit = (name: string): boolean => {
    const module = graph.getModuleInfo(name);
    if (!module || seen.has(name)) return false;
    seen.add(name);
    if (module.isEntry && parse(name).name === page) return true;
    return module.importers.some(visit) || (when === 'ever' && module.dynamicImporters.some(visit));
  };
  return visit(id);
}

const forStart = (
  name: string,
  priority: number,
  isMember: (id: string, graph: Rolldown.ChunkingContext) => boolean,
): Rolldown.CodeSplittingGroup => ({
  name: (id, graph) => (comesTo('index', id, graph, 'start') && isMember(id, graph) ? name : null),
  priority,
  tags: ['$initial'],
});

/**
 * What the studio's start needs lies in three chunks, however much of it lazy ones share: dozens of small files wait for one
 * another. Nothing that the listen page may come to lies beside the studio's entry, which would start the studio there.
 */
const startChunks = [
  forStart('common', 2, (id, graph) => comesTo('listen', id, graph, 'start')),
  forStart('shared', 1, (id, graph) => comesTo('listen', id, graph, 'ever')),
  forStart('index', 0, () => true),
];

const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

export default defineConfig({
  root: at('.'),
  publicDir: false,
  logLevel: 'warn',
  plugins: [solid(), trustedTemplates(), withoutJsonSchema(), serviceWorker(), shellSize(), engineSize()],
  worker: { format: 'es', rolldownOptions: { checks: { pluginTimings: false } } },
  server: { headers: isolation, fs: { allow: [at('..')] } },
  preview: { headers: isolation },
  build: {
    outDir: at('../build/app'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 800,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: at('index.html'), listen: at('listen.html'), sw: at('src/serviceWorker.ts') },
      output: {
        codeSplitting: { groups: startChunks },
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
      checks: { pluginTimings: false },
    },
  },
});
