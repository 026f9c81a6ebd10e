// The face, part by part. The order counts: what comes later wins.
import { host, dark } from "./base.js";
import { launcher } from "./launcher.js";
import { panel } from "./panel.js";
import { log } from "./log.js";
import { sources } from "./sources.js";
import { cards } from "./cards.js";
import { replies } from "./replies.js";
import { footer } from "./footer.js";
import { screens } from "./screens.js";

export const styles = [host, dark, launcher, panel, log, sources, cards, replies, footer, screens];
