import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Rooms are entered by their alias, so an arrow that points the wrong way is visible in the import itself. */
const noParents = { group: ["../*", ".."], message: "Import another room by its alias (@/…), your own by ./" };
const imports = (...patterns) => ({ "no-restricted-imports": ["error", { patterns: [noParents, ...patterns] }] });

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
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text is shown as text, never as HTML." },
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file that defines it." },
      ],
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
  { files: ["src/app/**"], rules: imports() },
  {
    files: ["src/features/**"],
    rules: imports({
      group: ["@/app/*", "@/features/*"],
      message: "Features know shared alone and never meet; app brings them together.",
    }),
  },
  {
    files: ["src/shared/**"],
    rules: imports({ group: ["@/app/*", "@/features/*"], message: "shared knows nobody." }),
  },
  {
    files: ["**/*.test.{ts,tsx}", "src/shared/testing/**", "fake/**", "origin/**", "browser/**", "*.ts", "*.js"],
    languageOptions: { globals: { ...globals.node } },
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
