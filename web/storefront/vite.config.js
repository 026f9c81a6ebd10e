import { defineConfig } from "vite";

// The page is served at /, /products/…, /orders and /help; its files lie under /storefront/.
export default defineConfig({
  base: "/storefront/",
  build: { outDir: "../dist/storefront", emptyOutDir: true, target: "es2022" },
});
