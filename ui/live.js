// A piece of HTML made by Python, all texts in it escaped there. What is clicked in it goes back as a trigger; keys
// press the buttons of the page, so that a key never does what no button does. "next .row" and "previous .row" in the
// place of a button's key go from one such element of the piece to the one beside it.
const MOVING = new Set(["j", "k", "arrowdown", "arrowup"]);
const TYPING = "input, textarea, select, [contenteditable='true'], [role='combobox'], [role='textbox']";

export default function (component) {
  const { data, parentElement } = component;
  let root = parentElement.querySelector(":scope > .dz-live");
  if (!root) {
    root = document.createElement("div");
    root.className = "dz-live";
    parentElement.appendChild(root);
    listen(root);
  }
  root.component = component;
  if (root.shown !== data.html) {
    root.shown = data.html;
    root.innerHTML = data.html;
  }
  if (data.focus && root.focused !== data.focus) {
    root.focused = data.focus;
    focusOn(`.st-key-${CSS.escape(data.focus.split("#")[0])}`, 40);
  }
  if (data.goto && root.gone !== data.goto) {
    root.gone = data.goto;
    const place = document.getElementById(data.goto.split("#")[0]);
    if (place) {
      place.scrollIntoView({ block: place.dataset.scroll || "center" });
      place.focus({ preventScroll: true });
    }
  }
  if (data.cookie) {
    document.cookie = `${data.cookie}; path=/; max-age=31536000; SameSite=Lax`;
  }
  if (data.tongue) {
    document.documentElement.lang = data.tongue;
  }
  const pressed = (event) => press(event, root, data.keys || {});
  document.addEventListener("keydown", pressed, true);
  root.release?.();
  root.release = () => document.removeEventListener("keydown", pressed, true);
  return () => root.release();
}

// Clicks in the piece: [data-copy] goes to the clipboard, [data-act] to Python with all its data.
function listen(root) {
  root.addEventListener("click", (event) => {
    const copied = event.target.closest("[data-copy]");
    if (copied) {
      copy(copied);
    }
    const acting = event.target.closest("[data-act]");
    const elsewhere = acting?.href && (event.ctrlKey || event.metaKey || event.shiftKey); // a link in a tab of its own
    const selecting = acting && !acting.closest("button, a") && !getSelection().isCollapsed; // text, to copy it
    if (acting && !elsewhere && !selecting) {
      event.preventDefault();
      const data = { ...acting.dataset };
      inTurn(root, () => root.component.setTriggerValue("act", data));
    }
  });
}

function press(event, root, keys) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !root.isConnected) return;
  const typing = event.target.closest?.(TYPING);
  const leaving = event.key === "Escape" && typing?.getAttribute("role") !== "combobox"; // of a list that is open
  if ((typing && !leaving) || document.querySelector("[role='dialog']")) return;
  const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (name === undefined) return;
  if (typing) typing.blur(); // so that Streamlit sends what was typed
  // Streamlit has keys of its own (R runs the page anew), which must not act as well.
  event.preventDefault();
  event.stopImmediatePropagation();
  // A key that is held down moves on, but decides once: nobody has seen what would be decided on next.
  if (event.repeat && !MOVING.has(event.key.toLowerCase())) return;
  const step = /^(next|previous) (.+)$/.exec(name);
  if (step) {
    walk(root, step[2], step[1] === "next" ? 1 : -1);
    return;
  }
  inTurn(root, () => {
    const place = document.querySelector(`.st-key-${CSS.escape(name)}`);
    const button = place?.querySelector("button:not([disabled])");
    if (button) button.click();
    else if (place) focusOn(`.st-key-${CSS.escape(name)}`, 1);
  });
}

// One act after another: Streamlit would forget the first of two that come faster than it draws. What is pressed
// while the app still draws the answer to what was pressed before waits for that, though not for long.
function inTurn(root, act) {
  if (root.doing) {
    act(); // the click by which a key acts
    return;
  }
  if (root.acting) {
    root.waiting = [...(root.waiting || []), act];
    return;
  }
  root.acting = root.doing = true;
  act();
  root.doing = false;
  const since = Date.now();
  const running = () => document.querySelector(".stApp")?.dataset.testScriptState !== "notRunning";
  const next = () => {
    const age = Date.now() - since;
    if (age < 15000 && (age < 60 || running())) {
      setTimeout(next, 15);
      return;
    }
    root.acting = false;
    const following = root.waiting?.shift();
    if (following && root.isConnected) inTurn(root, following);
  };
  next();
}

function walk(root, selector, by) {
  const places = [...root.querySelectorAll(selector)];
  const now = places.findIndex((place) => place.contains(document.activeElement));
  const next = places[now < 0 ? 0 : now + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function focusOn(selector, times) {
  const field = document.querySelector(`${selector} input, ${selector} textarea`);
  if (field) field.focus();
  else if (times > 1) setTimeout(() => focusOn(selector, times - 1), 50);
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure connection there is no such clipboard.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.appendChild(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  if (button.dataset.copied && before !== button.dataset.copied) {
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = before), 1500);
  }
}
