import "backflow-figure";

const figure = document.querySelector("backflow-figure");
const flow = document.querySelector("#flow");
const state = document.querySelector("#state");

/** While somebody turns a valve, and when anything else has changed. */
const show = () => {
  flow.textContent = figure.reading.y.toFixed(3);
};

figure.addEventListener("input", show);
figure.addEventListener("backflow-state", ({ detail }) => {
  show();
  state.textContent = detail.scenario;
});
figure.ready.then(show);
document.querySelector("#close").addEventListener("click", () => figure.setState({ scenario: "m=1&h=1" }));
