// The button that puts the finished text on the clipboard as formatted text. Without it, or without
// the right to write the clipboard, the box below holds the same to be selected by hand.

for (const button of document.querySelectorAll("[data-copies]")) {
  const box = document.getElementById(button.dataset.copies);
  const said = document.getElementById(button.dataset.says);
  if (!box || !navigator.clipboard?.write || typeof ClipboardItem === "undefined") continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      const html = new Blob([box.value], { type: "text/html" });
      const plain = new Blob([box.value], { type: "text/plain" });
      await navigator.clipboard.write([new ClipboardItem({ "text/html": html, "text/plain": plain })]);
      said.textContent = "已复制，到公众号编辑器里粘贴。";
    } catch {
      box.focus();
      box.select();
      said.textContent = "浏览器不允许自动复制：下面的代码已经选中，请按 Ctrl+C。";
    }
  });
}
