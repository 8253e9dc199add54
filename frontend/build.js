// How do the scripts and styles of others get into the program? Bundled, minified, compressed and with their licences, into the folder named on the command line.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "../src/recoupe/web/static/vendor"));
const beside = `${target}.${process.pid}`;
const PLOT_CLASS = "plot-d6a7b5"; // the class that Plot gives its figures when no other is asked for
const INLINE = /svg\.append\("style"\)\.text\(\s*`([^`]*)`\s*\)/;

/** Plot puts a style element into each figure, which a strict Content-Security-Policy refuses: its rules go into a style sheet instead. */
function styleToSheet(sheet) {
  return {
    name: "style-to-sheet",
    setup(bundle) {
      bundle.onLoad({ filter: /@observablehq[\\/]plot[\\/]src[\\/]plot\.js$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        const found = INLINE.exec(source);
        if (!found) throw new Error(`${path}: the style element that Plot makes is not where it was: look at build.js`);
        sheet.text = found[1].replaceAll("${className}", PLOT_CLASS);
        return { contents: source.replace(INLINE, "svg"), loader: "js" };
      });
    },
  };
}

/** The name of the package that holds a file of node_modules, innermost first. */
function holder(path) {
  const parts = path.split(/[\\/]/);
  const at = parts.lastIndexOf("node_modules");
  return parts.slice(0, at + (parts[at + 1].startsWith("@") ? 3 : 2)).join("/");
}

/** One text with name, version, licence and licence text of each package. */
async function licences(folders) {
  const texts = [];
  for (const folder of [...folders].sort()) {
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file ? (await readFile(join(folder, file), "utf8")).trim() : `(the package names this licence without its text; ${about.homepage ?? about.repository?.url ?? ""})`;
    texts.push(`${about.name} ${about.version}: ${about.license}\n\n${text}\n`);
  }
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

await rm(beside, { recursive: true, force: true });
await mkdir(beside, { recursive: true });
const sheet = { text: "" };
const options = { bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", metafile: true, logLevel: "warning", absWorkingDir: here };
const scripts = await build({ ...options, entryPoints: ["entries/htmx.js", "entries/map.js", "entries/plot.js"], outdir: beside, plugins: [styleToSheet(sheet)] });
const styles = await build({
  ...options,
  entryPoints: [{ in: "leaflet/dist/leaflet.css", out: "leaflet" }],
  outdir: beside,
  loader: { ".png": "file" },
  assetNames: "images/[name]",
});
await writeFile(join(beside, "plot.css"), sheet.text);

const inputs = [...Object.keys(scripts.metafile.inputs), ...Object.keys(styles.metafile.inputs)].filter((path) => path.includes("node_modules"));
const bundled = new Set(inputs.map((path) => join(here, holder(path))));
await writeFile(join(beside, "LICENSES.txt"), await licences(bundled));

for (const name of (await readdir(beside)).filter((name) => /\.(js|css|txt)$/.test(name)).sort()) {
  const content = await readFile(join(beside, name));
  const packed = gzipSync(content, { level: 9 });
  if (name !== "LICENSES.txt") await writeFile(join(beside, `${name}.gz`), packed);
  console.log(`${join(basename(target), name).padEnd(24)} ${(content.length / 1000).toFixed(0).padStart(5)} kB, ${(packed.length / 1000).toFixed(0).padStart(4)} kB compressed`);
}
await rm(target, { recursive: true, force: true });
await rename(beside, target);
console.log(`written to ${relative(process.cwd(), target) || "."}`);
