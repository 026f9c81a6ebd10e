import { defineConfig } from "vite";

// One classic script, so that a page needs one tag and no module support from its template engine.
export default defineConfig({
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir: "../dist/widget",
    emptyOutDir: true,
    target: "es2022",
    lib: { entry: "src/widget.js", formats: ["iife"], name: "CounterhandBundle", fileName: () => "widget.js" },
    // Lit reads this name from the window, where we leave nothing (src/tidy.js): here it finds one of its own.
    rolldownOptions: { output: { intro: "const litPropertyMetadata = new WeakMap();" } },
  },
});
