// Node's side of the benchmark of the city: hears from `city.mjs` what to do, and tells what came of it.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Cities } from "./city.js";

const file = path.join(process.argv[2], "backflow-city");
const engine = await import(pathToFileURL(`${file}.js`).href);
engine.initSync({ module: readFileSync(`${file}_bg.wasm`) });
const cities = new Cities(engine);
process.on("message", ([name, ...args]) => process.send(cities[name](...args)));
process.send("ready");
