// Writes the bundle, the licences of what is in it, and their exact versions.

import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";

const OUT = new URL("../../src/gongkai/documents/static/documents/vendor/", import.meta.url);
const lock = JSON.parse(readFileSync("package-lock.json"));
const packages = Object.entries(lock.packages)
  .filter(([place, one]) => place && !one.dev)
  .map(([place, one]) => ({ place, name: place.replace("node_modules/", ""), ...one }));

await build({
  entryPoints: ["vendor.mjs"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/* ProseMirror, MIT: see prosemirror.LICENSE.txt. Built by tools/editor; do not edit. */` },
  outfile: new URL("prosemirror.js", OUT).pathname,
});

const licences = packages.map(({ place, name, version }) => {
  const text = readFileSync(`${place}/LICENSE`, "utf8").trim();
  return `${name} ${version}\n\n${text}\n`;
});
writeFileSync(new URL("prosemirror.LICENSE.txt", OUT), licences.join(`\n${"-".repeat(72)}\n\n`));
