// A page in TypeScript that uses all that www/backflow-figure.d.ts has; only its types are looked at.
import type { BackflowFigure, FigureName, FrameMessage, ImageWish, PageMessage, ReadingName, State } from "../../../www/backflow-figure";

const figure = document.querySelector("backflow-figure") ?? document.createElement("backflow-figure");
const name: FigureName = "landscape";
figure.setAttribute("figure", name);
const same: BackflowFigure = await figure.ready;
same.value = { m: 4 };
const { m, h }: { m: number; h: number } = same.value;
const wanted: ReadingName = "dE_dm";
const slope: number = same.reading[wanted] * m * h;
const state: State = figure.getState();
figure.setState({ scenario: "preset=house" }, { undoable: true });
figure.setState(state);
const went: boolean = figure.undo() || figure.redo() || figure.running;
figure.reset();
figure.step();
figure.step(5);
figure.play();
figure.pause();
const wish: ImageWish = { format: "png", width: 300, scale: 2, part: "plane", transparent: true };
const file: Blob = await figure.exportImage(wish);
const table: string = await figure.exportData("json");
console.log(slope, went, file.size, table, figure.describe(), figure.permalink(), figure.permalink("https://example.org/"));

figure.addEventListener("input", ({ detail }) => detail satisfies null);
figure.addEventListener("change", () => figure.value.m.toFixed(2));
figure.addEventListener("backflow-state", ({ detail }) => detail.scenario.length);
figure.addEventListener("backflow-error", ({ detail }) => detail.reason ?? detail.complaints.join("\n"));
figure.addEventListener("backflow-answer", ({ detail }) => (detail.right ? detail.guess : detail.challenge));
figure.addEventListener("click", ({ clientX }) => clientX);
document.body.addEventListener("backflow-run-end", ({ detail }) => detail.scenario);

addEventListener("message", ({ data, source }: MessageEvent<FrameMessage>) => {
  if (data.type === "backflow:state") console.log(data.state.scenario);
  if (data.type === "backflow:reply" && data.data instanceof Blob) console.log(data.data.size);
  if (data.type === "backflow:resize") console.log(data.height + 1);
  const answer: PageMessage = { type: "backflow:export", id: 1, format: "png", scale: 2 };
  source?.postMessage(answer, { targetOrigin: "*" });
});

// @ts-expect-error there is no such figure
const unknown: FigureName = "bath";
// @ts-expect-error nobody sets what is read
figure.running = false;
// @ts-expect-error a scenario is a text
figure.setState({ scenario: 4 });
// @ts-expect-error there is no such number
figure.reading.temperature;
// @ts-expect-error there is no such format
figure.exportData("xml");
// @ts-expect-error there is no such message
const wrong: PageMessage = { type: "backflow:stop" };
console.log(unknown, wrong);
