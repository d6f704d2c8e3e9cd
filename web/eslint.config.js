import { readdirSync } from "node:fs";

import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const syntax = [
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text is shown as text, never as HTML." },
  { selector: "ExportAllDeclaration", message: "No barrels: import from the file that defines it." },
  { selector: "ExportDefaultDeclaration", message: "Export by name." },
];

/** Imports within a folder use `./`; all others use an alias, so the layer and the feature are visible in the import. */
const noParents = { group: ["../*", ".."], message: "Import from another folder by its alias (@/…), from your own by ./" };

/** Forbids imports of the paths that a pattern matches, by `import … from` and by `import()`. */
const forbid = (pattern, message) => ({
  "no-restricted-imports": ["error", { patterns: [noParents, ...(pattern ? [{ regex: pattern, message }] : [])] }],
  "no-restricted-syntax": [
    "error",
    ...syntax,
    ...(pattern ? [{ selector: `ImportExpression[source.value=/${pattern.replaceAll("/", "\\/")}/]`, message }] : []),
  ],
});

/** A computer's clock may be wrong by hours, and times that are reckoned by it with it. */
const noComputerClock = {
  meta: { messages: { clock: "Use serverNow() of shared/server-time: the computer's clock may be wrong." } },
  create: (context) => {
    const report = (node) => context.report({ node, messageId: "clock" });
    return { "MemberExpression[object.name='Date'][property.name='now']": report, "NewExpression[callee.name='Date'][arguments.length=0]": report };
  },
};

const features = readdirSync(new URL("src/features", import.meta.url));
const featureRules = features.map((feature) => ({
  files: [`src/features/${feature}/**`],
  rules: forbid(`^@/(app|features/(?!${feature}/))`, "A feature imports itself and shared; app combines features."),
}));

export default tseslint.config(
  { ignores: ["dist", "src/shared/api/schema.d.ts", "test-results", "playwright-report"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "max-lines": ["error", { max: 250, skipBlankLines: true }],
      "no-restricted-syntax": ["error", ...syntax],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ...jsxA11y.flatConfigs.strict,
    plugins: { ...jsxA11y.flatConfigs.strict.plugins, "react-hooks": reactHooks },
    rules: {
      ...jsxA11y.flatConfigs.strict.rules,
      ...reactHooks.configs.recommended.rules,
      "jsx-a11y/no-autofocus": "off", // dialogs move the focus on purpose
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: [
      "**/*.test.{ts,tsx}",
      "src/shared/testing/**",
      "src/shared/server-time.ts",
      "src/shared/screen-refresh.ts", // Measures seconds on one computer.
      "src/features/live/wake-up.ts", // Notices by that clock that the computer slept.
    ],
    plugins: { clock: { rules: { "no-computer-clock": noComputerClock } } },
    rules: { "clock/no-computer-clock": "error" },
  },
  { files: ["src/app/**"], rules: forbid() },
  ...featureRules,
  { files: ["src/shared/**"], rules: forbid("^@/(app|features)", "shared imports neither app nor features.") },
  {
    files: ["**/*.test.{ts,tsx}", "src/shared/testing/**", "fake/**", "origin/**", "browser/**", "*.ts", "*.js"],
    languageOptions: { globals: { ...globals.node } },
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  { files: ["*.config.{js,ts}", "browser/warm-up.ts"], rules: { "no-restricted-syntax": "off" } }, // their tools read the default export
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
