// Lets the browser keep the page for urgent help. Where that fails the page is as it would be without.
(() => {
  const { root } = document.currentScript.dataset;
  if (navigator.serviceWorker) navigator.serviceWorker.register(`${root}sw.js`, { scope: root, updateViaCache: "none" }).catch(() => {});
})();
