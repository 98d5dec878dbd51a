/**
 * Run from the root of the repository, since tests and the VFS lie beside web/:
 * `npm run lint` here does.
 */
import js from '@eslint/js';
import globals from 'globals';

const strict = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'max-lines': ['error', 400],
  'no-restricted-syntax': [
    'error',
    { selector: 'AssignmentExpression > MemberExpression.left[property.name=/^(outerHTML|innerHTML)$/]',
      message: 'Text reaches the DOM through textContent or lib/trusted.js.' },
  ],
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
  'no-var': 'error',
  'prefer-const': 'error',
};

/** A module knows lib/ and its own folder; main.js knows all (style.md, J2). */
const PLACES = ['about', 'app', 'cite', 'engine', 'library', 'notes', 'reader', 'search'];
const boundaries = ['lib', ...PLACES].map((folder) => ({
  files: [`web/${folder}/**/*.js`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: PLACES.filter((other) => other !== folder).map((other) => ({
          group: [`../${other}/*`],
          message: `${folder}/ may not know ${other}/: let main.js wire them.` })) },
    ],
  },
}));

export default [
  { ignores: ['**/node_modules/', 'web/public/'] },
  js.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.serviceworker } } },
  { rules: strict },
  ...boundaries,
  {
    files: ['web/*.config.js', 'web/licences.js', 'web/icons/**', 'tests/**'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['tests/e2e/**'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    files: ['tests/node-files.js', 'core/store/opfs.js'],
    languageOptions: {
      sourceType: 'script',
      globals: {
        ...globals.node,
        ...Object.fromEntries(
          ['Module', 'HEAPU8', 'UTF8ToString', 'mergeInto', 'LibraryManager', 'capsaHandles',
            'CapsaCode', 'capsaRefusals', 'capsaTry'].map((name) => [name, 'readonly']),
        ),
      },
    },
  },
];
