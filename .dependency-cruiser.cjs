// The direction of imports: view -> commands -> model -> bridge -> engine, as the README draws it.
const forbid = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});
const src = 'web/src';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$', 'vite\\.config\\.ts$', 'serviceWorker\\.ts$'] }, to: {} },
    forbid('generated-is-a-leaf', `^${src}/generated`, `^${src}/(?!generated)`, 'Generated tables import nothing.'),
    forbid('engine-knows-the-module-only', `^${src}/engine`, `^${src}/(?!engine|generated)`),
    forbid('audio-thread-knows-the-engine-only', `^${src}/audio-thread`, `^${src}/(?!audio-thread|engine|generated)`),
    forbid('model-is-pure', `^${src}/model`, `^${src}/(?!model|generated)`),
    forbid('commands-know-the-model-only', `^${src}/commands`, `^${src}/(?!commands|mastering|model|generated)`),
    forbid('mastering-is-pure', `^${src}/mastering`, `^${src}/(?!mastering|model|generated)`),
    forbid('workers-know-no-page', `^${src}/workers`, `^${src}/(view|app|commands)`),
    forbid('sharing-is-pure', `^${src}/share`, `^${src}/(?!share|engine|interchange|model|generated)`, 'What a link is made of, for page, workers and command line.'),
    forbid('storage-knows-no-page', `^${src}/storage`, `^${src}/(view|app|bridge|audio-thread|commands)`),
    forbid('view-stays-above-the-engine', `^${src}/view`, `^${src}/(engine|audio-thread|workers|storage|app)`),
    forbid('bridge-knows-no-view', `^${src}/bridge`, `^${src}/(view|app)`),
    forbid('only-the-entry-imports-the-app', `^${src}/(?!app|main)`, `^${src}/app`),
    forbid('page-knows-no-node', `^${src}`, '^web/(cli|server)'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
    exclude: { path: '(\\?|\\.css$)' },
  },
};
