// The entry of notebooks.
import "./backflow-figure.js";
export default {};
