import js from "@eslint/js";
import lit from "eslint-plugin-lit";
import vue from "eslint-plugin-vue";
import globals from "globals";

// Text from outside becomes text, never markup.
const markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"].map((name) => ({
  property: name.split(".").at(-1),
  message: "Use text nodes: what customers and models write is never markup.",
}));

export default [
  { ignores: ["dist/", "node_modules/"] },
  js.configs.recommended,
  lit.configs["flat/recommended"],
  ...vue.configs["flat/recommended"],
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    rules: {
      "no-restricted-properties": ["error", ...markup],
      "no-restricted-imports": ["error", { paths: [{ name: "lit/directives/unsafe-html.js", message: "Use text nodes." }] }],
      "no-console": ["error", { allow: ["warn"] }],
      "prefer-const": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      complexity: ["error", 14],
      "max-lines": ["error", 300],
      "vue/no-v-html": "error",
      // How attributes are broken over lines is left to the writer.
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": ["error", { html: { void: "always", normal: "never" } }],
    },
  },
  { files: ["**/vite.config.js", "eslint.config.js", "**/test/**"], languageOptions: { globals: globals.node } },
];
