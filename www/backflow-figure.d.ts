// Types of <backflow-figure>, of its events, and of the messages of its frame. custom-elements.json and messages.json
// say what each means.

/** A figure. */
export type FigureName =
  | "lab" | "shower" | "chain" | "passes" | "curves" | "landscape" | "history" | "race" | "plumber" | "memory"
  | "rates" | "starts" | "ruler" | "shrink" | "hold" | "two-paths" | "error" | "split" | "three-reasons" | "fade"
  | "small-network" | "city";

/** A number of {@link BackflowFigure.reading}. */
export type ReadingName =
  | "m" | "h" | "pressure" | "target" | "rate" | "x" | "y" | "E" | "dx_dm" | "dx_dh" | "dy_dx" | "dy_dh_x"
  | "dy_dm" | "dy_dh_via_x" | "dy_dh" | "dE_dy" | "dE_dx" | "dE_dm" | "dE_dh_direct" | "dE_dh_via_x" | "dE_dh"
  | "step" | "clock" | "made" | "by_hand" | "velocity_m" | "velocity_h" | "squares_m" | "squares_h" | "divides"
  | "divisor_m" | "divisor_h" | "effective_m" | "effective_h" | "measured" | "estimate_m" | "estimate_h"
  | "estimate_error_m" | "estimate_error_h" | "estimate_ratio" | "true_ratio" | "readings" | "overshoot"
  | "wasted" | "paths" | "gradient_m" | "gradient_h" | "next_m" | "next_h" | "turn_m" | "turn_h" | "m_fraction"
  | "h_fraction" | "pressure_fraction" | "target_fraction" | "rate_fraction" | "x_share" | "y_share"
  | "other_share" | "riser_share" | "y_fraction" | "has_promise" | "promised" | "promised_off"
  | "promised_fraction" | "turned_m" | "turned_h" | "changed_x" | "changed_y" | "times_m_x" | "times_x_y"
  | "times_h_y";

/** What is shown: an experiment, or a whole session, as a scenario string. */
export interface State {
  scenario: string;
}

/** Both positions, from 1 to 10. */
export interface Positions {
  m: number;
  h: number;
}

/** How a picture is wanted. */
export interface ImageWish {
  /** `svg` where nothing is said. */
  format?: "svg" | "png";
  /** In CSS pixels, from 96 to 4096; as wide as it is where none is given. */
  width?: number;
  /** Pixels of a PNG to a CSS pixel, from 1 to 4. */
  scale?: number;
  /** Of a lab: which part. */
  part?: string;
  /** Whether the background is left out. */
  transparent?: boolean;
}

/** A guess at a challenge. */
export interface Answer {
  figure: string;
  challenge: string;
  guess: string;
  right: boolean;
}

/** The events of a figure, by name; all bubble and are composed. */
export interface BackflowFigureEventMap {
  /** While a person turns something. */
  input: CustomEvent<null>;
  /** When a person lets go. */
  change: CustomEvent<null>;
  "backflow-ready": CustomEvent<Record<string, never>>;
  "backflow-state": CustomEvent<State>;
  "backflow-run-end": CustomEvent<State>;
  "backflow-error": CustomEvent<{ complaints: string[]; reason?: undefined } | { reason: string; complaints?: undefined }>;
  "backflow-view": CustomEvent<Record<string, never>>;
  "backflow-answer": CustomEvent<Answer>;
}

/** `<backflow-figure>`: one figure, anywhere on a page. */
export class BackflowFigure extends HTMLElement {
  /** Setting one of both leaves the other. */
  get value(): Positions;
  set value(positions: Partial<Positions>);
  /** Every number of this moment. Throws until the figure is ready. */
  get reading(): Record<ReadingName, number>;
  /** Whether steps are being played. */
  get running(): boolean;
  /** Resolves when the figure works. */
  readonly ready: Promise<BackflowFigure>;
  getState(): State;
  setState(state: State, manner?: { undoable?: boolean }): void;
  /** False where there is nothing to undo. */
  undo(): boolean;
  /** False where there is nothing to redo. */
  redo(): boolean;
  reset(): void;
  step(count?: number): void;
  play(): void;
  pause(): void;
  /** What is shown, in a sentence. */
  describe(): string;
  permalink(base?: string): string;
  exportImage(wish?: ImageWish): Promise<Blob>;
  exportData(format?: "csv" | "json"): Promise<string>;
  addEventListener<Name extends keyof BackflowFigureEventMap>(
    type: Name,
    listener: (this: BackflowFigure, event: BackflowFigureEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: BackflowFigure, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** What a frame answers: what is shown, a file, or why there is no answer. */
export type Reply =
  | { state: State; value: Positions; reading: Record<ReadingName, number>; text: string; data?: undefined; error?: undefined }
  | { data: Blob | string; error?: undefined }
  | { error: string; data?: undefined };

/** What a frame says to its page. */
export type FrameMessage =
  | { type: "backflow:hello" | "backflow:focus-escape" }
  | { type: "backflow:ready"; state: State }
  | { type: "backflow:resize"; height: number }
  | { type: "backflow:state"; state: State }
  | { type: "backflow:error"; complaints?: string[]; reason?: string }
  | ({ type: "backflow:reply"; id: string | number } & Reply);

/** What a page says to a frame. */
export type PageMessage =
  | { type: "backflow:hello" | "backflow:play" | "backflow:pause" | "backflow:reset" }
  | { type: "backflow:set"; state: State }
  | { type: "backflow:get"; id: string | number }
  | { type: "backflow:config"; attributes: Record<string, string | boolean | null> }
  | ({ type: "backflow:export"; id: string | number; format: "svg" | "png" | "csv" | "json" } & Omit<ImageWish, "format">);

declare global {
  interface HTMLElementTagNameMap {
    "backflow-figure": BackflowFigure;
  }
  interface HTMLElementEventMap {
    "backflow-ready": BackflowFigureEventMap["backflow-ready"];
    "backflow-state": BackflowFigureEventMap["backflow-state"];
    "backflow-run-end": BackflowFigureEventMap["backflow-run-end"];
    "backflow-error": BackflowFigureEventMap["backflow-error"];
    "backflow-view": BackflowFigureEventMap["backflow-view"];
    "backflow-answer": BackflowFigureEventMap["backflow-answer"];
  }
}
