// A crowd of starts in plain JavaScript, as fast as we could write it: typed arrays, Adam on the
// product preset, and the steps drawn as one stroked path.

const [SHUT, TRAVEL] = [1, 9];
const [GAIN, TARGET, TOLERANCE] = [0.0625 * 2, 4.5, 0.1];
const [RATE, BETA1, BETA2, EPSILON] = [0.1, 0.9, 0.999, 1e-8];
/** What is left of a trail after each picture, as in the engine. */
const KEEP = 0.88;

export class CrowdPeer {
  /**
   * @param {number} columns
   * @param {number} rows
   * @param {number} side of the canvas, in pixels
   */
  constructor(columns, rows, side) {
    const count = columns * rows;
    Object.assign(this, { columns, rows, side, count });
    for (const name of ["m", "h", "bm", "bh", "vm", "vh", "e", "lastM", "lastH"]) this[name] = new Float32Array(count);
    this.arrived = new Uint16Array(count);
    this.reset();
  }

  reset() {
    const { columns, rows, m, h } = this;
    for (let row = 0, i = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, i += 1) {
        m[i] = SHUT + (TRAVEL * (column + 0.5)) / columns;
        h[i] = SHUT + (TRAVEL * (row + 0.5)) / rows;
      }
    }
    for (const numbers of [this.bm, this.bh, this.vm, this.vh]) numbers.fill(0);
    this.arrived.fill(0xffff);
    this.steps = 0;
    this.look(0);
  }

  /** How far everyone is, and who has arrived. */
  look(t) {
    const { m, h, e, arrived, count } = this;
    for (let i = 0; i < count; i += 1) {
      e[i] = GAIN * (m[i] - SHUT) * (h[i] - SHUT) - TARGET;
      if (arrived[i] === 0xffff && Math.abs(e[i]) < TOLERANCE) arrived[i] = t;
    }
  }

  step() {
    const { m, h, bm, bh, vm, vh, e, lastM, lastH, arrived, count } = this;
    this.steps += 1;
    const t = this.steps;
    const rate = RATE / (1 - BETA1 ** t);
    const unbias = 1 / (1 - BETA2 ** t);
    for (let i = 0; i < count; i += 1) {
      lastM[i] = m[i];
      lastH[i] = h[i];
      if (arrived[i] !== 0xffff) continue;
      const push = e[i] > 0 ? GAIN : e[i] < 0 ? -GAIN : 0;
      const a = m[i] - SHUT;
      const b = h[i] - SHUT;
      const gm = push * b;
      const gh = push * a;
      bm[i] = BETA1 * bm[i] + (1 - BETA1) * gm;
      bh[i] = BETA1 * bh[i] + (1 - BETA1) * gh;
      vm[i] = BETA2 * vm[i] + (1 - BETA2) * gm * gm;
      vh[i] = BETA2 * vh[i] + (1 - BETA2) * gh * gh;
      const nextM = a - (rate * bm[i]) / (Math.sqrt(unbias * vm[i]) + EPSILON);
      const nextH = b - (rate * bh[i]) / (Math.sqrt(unbias * vh[i]) + EPSILON);
      m[i] = SHUT + (nextM < 0 ? 0 : nextM > TRAVEL ? TRAVEL : nextM);
      h[i] = SHUT + (nextH < 0 ? 0 : nextH > TRAVEL ? TRAVEL : nextH);
    }
    this.look(t);
  }

  /** The last step of everyone as one path, over what is left of those before. */
  draw(context) {
    const { m, h, lastM, lastH, side, count } = this;
    const scale = side / TRAVEL;
    context.globalCompositeOperation = "destination-out";
    context.fillStyle = `rgb(0 0 0 / ${1 - KEEP})`;
    context.fillRect(0, 0, side, side);
    context.globalCompositeOperation = "source-over";
    context.strokeStyle = "rgb(255 255 255 / 0.3)";
    context.beginPath();
    for (let i = 0; i < count; i += 1) {
      context.moveTo(scale * (lastM[i] - SHUT), side - scale * (lastH[i] - SHUT));
      context.lineTo(scale * (m[i] - SHUT), side - scale * (h[i] - SHUT));
    }
    context.stroke();
  }

  arrivedCount() {
    return this.arrived.reduce((total, step) => total + (step === 0xffff ? 0 : 1), 0);
  }
}
