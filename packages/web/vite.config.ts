// Builds the web client. The output holds no inline script, style or data: font, so that a strict content policy passes.
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { emojiData } from "./emoji-data.ts";

/** Where `vite dev` sends API and socket calls; the production client talks to its own origin. */
const devServer = process.env.HOMEROOM_DEV_SERVER ?? "http://127.0.0.1:8000";

/** Preloads the one font file that every screen needs first (Reddit Sans, Latin); its name carries a hash. */
function preloadTextFont(): Plugin {
  return {
    name: "preload-text-font",
    transformIndexHtml: {
      order: "post",
      handler(_html, context) {
        const font = Object.keys(context.bundle ?? {}).find((name) =>
          /reddit-sans-latin-wght-normal.*\.woff2$/.test(name),
        );
        if (!font) return [];
        return [
          {
            tag: "link",
            attrs: { rel: "preload", href: `/${font}`, as: "font", type: "font/woff2", crossorigin: "" },
            injectTo: "head",
          },
        ];
      },
    },
  };
}

interface Modules {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null;
}

/** Whether the page needs it before anything is drawn: an entry imports it, directly or through others. */
function isFirst(id: string, modules: Modules): boolean {
  const seen = new Set([id]);
  for (const one of seen) {
    const module = modules.getModuleInfo(one);
    if (module?.isEntry) return true;
    for (const importer of module?.importers ?? []) seen.add(importer);
  }
  return false;
}

/** What the page needs first comes in one file: a score of small ones pack worse, and wait for each other. */
const oneFirstFile = {
  groups: [
    {
      name: (id: string, modules: Modules) => (isFirst(id, modules) ? "first" : null),
      // an index file imports every icon there is, so they would all count as needed first
      test: (id: string) => !id.includes("/lucide-react/"),
    },
  ],
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadTextFont(), emojiData()],
  css: {
    preprocessorOptions: {
      // Bootstrap 5 is written in the Sass of its day.
      scss: { quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"] },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target: devServer },
      "/ws": { target: devServer, ws: true },
    },
  },
  build: {
    outDir: "dist",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: { output: { codeSplitting: oneFirstFile } },
  },
});
