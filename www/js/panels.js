// The parts of figures that draw on canvases or steer runs: what a page with a shower alone does not need.

export { Controls } from "./controls.js";
export { Curves } from "./curves.js";
export { Measured } from "./measured.js";
export { Memory } from "./memory.js";
export { Plane } from "./plane.js";
export { Race } from "./race.js";
export { Rates } from "./rates.js";
export { Starts } from "./starts.js";
export { Timeline } from "./timeline.js";
export { Verdict } from "./verdict.js";
