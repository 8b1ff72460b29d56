// Asks the preview whether anything changed since this page was made, and loads it anew when it did.
"use strict";
(async () => {
  const own = document.currentScript;
  const seen = own.dataset.version;
  const address = new URL("changes", own.src);
  address.search = "?seen=" + seen;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  let gone = false;
  for (;;) {
    try {
      const now = (await (await fetch(address)).text()).trim();
      if (now !== seen || gone) {
        location.reload();
        return;
      }
    } catch {
      // The program was stopped: when it is started again under the same address, show what it has.
      gone = true;
      await pause(1000);
    }
  }
})();
