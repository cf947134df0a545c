// The same kernels in plain JavaScript, as fast as we could write them: typed arrays that are kept
// from frame to frame, what belongs to a column or a row computed once, single precision in memory.

const [SHUT, TRAVEL] = [1, 9];

/** The main valve and the handle of the presets, as [value, slope] at a position. */
const PRESETS = {
  product: { pressure: 2, k: 0.0625, main: (m) => [m - SHUT, 1], handle: (h) => [h - SHUT, 1] },
  house: {
    pressure: 4,
    other: 3,
    main: (m) => inSeries((m - SHUT) / TRAVEL, 1 / TRAVEL, 20, 15),
    handle: (h) => {
      const value = 30 ** ((h - SHUT) / TRAVEL - 1);
      return inSeries(value, (Math.log(30) * value) / TRAVEL, 12, 7);
    },
  },
};

/** A valve of coefficient c·f in series with a coefficient k. */
function inSeries(f, slope, c, k) {
  const d = k * k + c * c * f * f;
  return [(c * k * f) / Math.sqrt(d), ((c * k * k * k) / (d * Math.sqrt(d))) * slope];
}

/** For each of 18 ways in which corners can be high, 16 and 17 being the saddles with a low mean:
 * pairs of sides, 0 below, 1 right, 2 above, 3 left, with the higher values on the left of a line. */
const SEGMENTS = [
  [], [[0, 3]], [[1, 0]], [[1, 3]], [[2, 1]], [[0, 1], [2, 3]], [[2, 0]], [[2, 3]], [[3, 2]],
  [[0, 2]], [[3, 0], [1, 2]], [[1, 2]], [[3, 1]], [[0, 1]], [[3, 0]], [], [[0, 3], [2, 1]], [[1, 0], [3, 2]],
];
const COUNT = Uint8Array.from(SEGMENTS, (segments) => segments.length);
/** By case and segment: the sides where it enters and leaves. */
const ENTER = new Int8Array(36).fill(-1);
const LEAVE = new Int8Array(36).fill(-1);
SEGMENTS.forEach((segments, which) =>
  segments.forEach(([enter, leave], number) => {
    ENTER[2 * which + number] = enter;
    LEAVE[2 * which + number] = leave;
  }),
);

/** A landscape with the absolute error. */
export class Peer {
  /**
   * @param {keyof typeof PRESETS} preset
   * @param {number} side nodes along each axis, a multiple of four
   * @param {number} target
   * @param {number} highest E that has the last colour
   * @param {Float32Array} levels ascending
   * @param {Uint32Array} palette 256 colours
   */
  constructor(preset, side, target, highest, levels, palette) {
    const nodes = side * side;
    Object.assign(this, { ...PRESETS[preset], side, target, highest, levels, palette });
    this.y = new Float32Array(nodes);
    this.deDm = new Float32Array(nodes);
    this.deDh = new Float32Array(nodes);
    this.column = new Float32Array(side);
    this.columnSlope = new Float32Array(side);
    this.bytes = new Uint8ClampedArray(4 * nodes);
    this.pixels = new Uint32Array(this.bytes.buffer);
    this.bands = new Uint8Array(nodes);
    this.words = new Uint32Array(this.bands.buffer);
    this.traced = new Uint8Array(nodes);
    /** The cells of each level, and how many they are. */
    this.crossed = Array.from({ length: 255 }, () => new Int32Array(0));
    this.crossings = new Int32Array(255);
    /** Coordinates, two a vertex; line i ends before vertex ends[i]. */
    this.points = new Float32Array(1 << 16);
    this.ends = new Int32Array(1 << 10);
    this.vertices = 0;
    this.lines = 0;
  }

  position(index) {
    return SHUT + (TRAVEL * index) / (this.side - 1);
  }

  sampleEdge() {
    const { side, column, columnSlope } = this;
    for (let i = 0; i < side; i += 1) [column[i], columnSlope[i]] = this.main(this.position(i));
  }

  /** y everywhere. */
  sample() {
    this.sampleEdge();
    const { side, column, y } = this;
    const q = Math.sqrt(this.pressure);
    for (let row = 0, node = 0; row < side; row += 1) {
      const [value] = this.handle(this.position(row));
      if (this.k) {
        const gain = this.k * this.pressure * value;
        for (let i = 0; i < side; i += 1, node += 1) y[node] = gain * column[i];
      } else {
        const [gain, s2] = [q * value, (value + this.other) ** 2];
        for (let i = 0; i < side; i += 1, node += 1) {
          const c = column[i];
          y[node] = (gain * c) / Math.sqrt(c * c + s2);
        }
      }
    }
  }

  /** y everywhere, and the gradient of the error. */
  sampleGradient() {
    this.sampleEdge();
    const { side, column, columnSlope, y, deDm, deDh, other, target } = this;
    const q = Math.sqrt(this.pressure);
    for (let row = 0, node = 0; row < side; row += 1) {
      const [value, slope] = this.handle(this.position(row));
      if (this.k) {
        const gain = this.k * this.pressure * value;
        const gainSlope = this.k * this.pressure * slope;
        for (let i = 0; i < side; i += 1, node += 1) {
          const flow = gain * column[i];
          const push = flow > target ? 1 : flow < target ? -1 : 0;
          y[node] = flow;
          deDm[node] = push * gain * columnSlope[i];
          deDh[node] = push * gainSlope * column[i];
        }
      } else {
        const s = value + other;
        const s2 = s * s;
        for (let i = 0; i < side; i += 1, node += 1) {
          const c = column[i];
          const part = 1 / Math.sqrt(c * c + s2);
          const main = c * part;
          const outlets = s * part;
          const flow = q * value * main;
          const push = flow > target ? q : flow < target ? -q : 0;
          y[node] = flow;
          deDm[node] = push * (value * part) * outlets * outlets * columnSlope[i];
          deDh[node] = push * main * (main * main + outlets * (other * part)) * slope;
        }
      }
    }
  }

  /** The error as colour, the last row of nodes above. */
  paint() {
    const { side, y, pixels, palette, target } = this;
    const scale = 255 / this.highest;
    for (let row = 0, pixel = 0; row < side; row += 1) {
      for (let node = (side - 1 - row) * side, end = node + side; node < end; node += 1, pixel += 1) {
        const index = (scale * Math.abs(y[node] - target)) | 0;
        pixels[pixel] = palette[index < 255 ? index : 255];
      }
    }
  }

  /** Contours of y, left open at the border. */
  trace() {
    this.vertices = 0;
    this.lines = 0;
    this.sortIntoBands();
    this.findCrossed();
    const { levels, crossed, crossings, traced, side } = this;
    for (let level = 0; level < levels.length; level += 1) {
      const cells = crossed[level];
      const count = crossings[level];
      const value = levels[level];
      for (let i = 0; i < count; i += 1) {
        const cell = cells[i];
        const column = cell % side;
        if (column > 0 && column < side - 2 && cell >= side && cell < (side - 2) * side) continue;
        const which = this.which(cell, value);
        for (let number = 0; number < COUNT[which]; number += 1) {
          if (this.onBorder(cell, ENTER[2 * which + number])) this.follow(cell, number, value);
        }
      }
      for (let i = 0; i < count; i += 1) {
        const cell = cells[i];
        if (traced[cell] === 3) continue;
        const which = this.which(cell, value);
        for (let number = 0; number < COUNT[which]; number += 1) {
          if (!(traced[cell] & (1 << number))) this.follow(cell, number, value);
        }
      }
      for (let i = 0; i < count; i += 1) traced[cells[i]] = 0;
    }
  }

  /** For each node, how many levels its value reaches: runs of nodes in one band are filled at once. */
  sortIntoBands() {
    const { levels, y, bands } = this;
    const count = levels.length;
    const nodes = y.length;
    let band = 0;
    for (let start = 0; start < nodes; ) {
      const value = y[start];
      while (band < count && value >= levels[band]) band += 1;
      while (band > 0 && value < levels[band - 1]) band -= 1;
      const floor = band > 0 ? levels[band - 1] : -Infinity;
      const ceiling = band < count ? levels[band] : Infinity;
      let end = start + 1;
      while (end + 4 <= nodes) {
        const a = y[end];
        const b = y[end + 1];
        const c = y[end + 2];
        const d = y[end + 3];
        if (!(a >= floor && a < ceiling && b >= floor && b < ceiling && c >= floor && c < ceiling && d >= floor && d < ceiling)) break;
        end += 4;
      }
      while (end < nodes && y[end] >= floor && y[end] < ceiling) end += 1;
      bands.fill(band, start, end);
      start = end;
    }
  }

  /** For each level, the cells that it crosses. */
  findCrossed() {
    const { bands, words, crossed, crossings, side } = this;
    crossings.fill(0);
    for (let row = 0; row < side - 1; row += 1) {
      const first = row * side;
      for (let column = 0; column < side - 1; ) {
        const cell = first + column;
        if ((column & 3) === 0 && column + 4 < side) {
          // Four cells between nodes of one band are passed over at once.
          const all = Math.imul(bands[cell], 0x01010101) >>> 0;
          const same = words[cell >> 2] === all && words[(cell + side) >> 2] === all;
          if (same && bands[cell + 4] === bands[cell] && bands[cell + side + 4] === bands[cell]) {
            column += 4;
            continue;
          }
        }
        const a = bands[cell];
        const b = bands[cell + 1];
        const c = bands[cell + side];
        const d = bands[cell + side + 1];
        if (a === b && a === c && a === d) {
          column += 1;
          continue;
        }
        let least = a < b ? a : b;
        let most = a < b ? b : a;
        if (c < least) least = c;
        if (c > most) most = c;
        if (d < least) least = d;
        if (d > most) most = d;
        for (let level = least; level < most; level += 1) {
          const count = crossings[level];
          if (count === crossed[level].length) {
            const larger = new Int32Array(2 * count + 1024);
            larger.set(crossed[level]);
            crossed[level] = larger;
          }
          crossed[level][count] = cell;
          crossings[level] = count + 1;
        }
        column += 1;
      }
    }
  }

  /** The way in which a level crosses a cell. */
  which(cell, level) {
    const { y, side } = this;
    const a = y[cell];
    const b = y[cell + 1];
    const c = y[cell + side + 1];
    const d = y[cell + side];
    const which = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
    if ((which === 5 || which === 10) && (a + b + c + d) / 4 < level) return which === 5 ? 16 : 17;
    return which;
  }

  onBorder(cell, side) {
    switch (side) {
      case 0: return cell < this.side;
      case 1: return cell % this.side === this.side - 2;
      case 2: return cell >= (this.side - 2) * this.side;
      default: return cell % this.side === 0;
    }
  }

  /** Adds the vertex where a level crosses a side of a cell. */
  push(cell, side, level) {
    const { y, side: columns } = this;
    if (2 * this.vertices + 2 > this.points.length) {
      const larger = new Float32Array(2 * this.points.length);
      larger.set(this.points);
      this.points = larger;
    }
    const from = side === 1 ? cell + 1 : side === 2 ? cell + columns : cell;
    const step = side === 0 || side === 2 ? 1 : columns;
    const part = (level - y[from]) / (y[from + step] - y[from]);
    const row = (from / columns) | 0;
    const column = from - row * columns;
    const at = 2 * this.vertices;
    this.points[at] = step === 1 ? column + part : column;
    this.points[at + 1] = step === 1 ? row : row + part;
    this.vertices += 1;
  }

  /** Follows a line until it leaves the grid or meets its beginning. */
  follow(cell, number, level) {
    const { traced, side } = this;
    let which = this.which(cell, level);
    this.push(cell, ENTER[2 * which + number], level);
    while (!(traced[cell] & (1 << number))) {
      traced[cell] |= 1 << number;
      const leave = LEAVE[2 * which + number];
      this.push(cell, leave, level);
      if (this.onBorder(cell, leave)) break;
      cell += leave === 0 ? -side : leave === 1 ? 1 : leave === 2 ? side : -1;
      which = this.which(cell, level);
      number = ENTER[2 * which] === (leave ^ 2) ? 0 : 1;
    }
    if (this.lines === this.ends.length) {
      const larger = new Int32Array(2 * this.ends.length);
      larger.set(this.ends);
      this.ends = larger;
    }
    this.ends[this.lines] = this.vertices;
    this.lines += 1;
  }

  /** What a frame needs when the pressure changes. */
  frame() {
    this.sample();
    this.trace();
    this.paint();
  }

  /** Sums over what the kernels computed: flows, slopes, vertices, their coordinates, colours. */
  sums() {
    const sum = (values) => values.reduce((total, value) => total + value, 0);
    return [
      sum(this.y),
      sum(this.deDm) + sum(this.deDh),
      this.vertices,
      sum(this.points.subarray(0, 2 * this.vertices)),
      sum(this.bytes),
    ];
  }
}
