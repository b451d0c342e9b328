// Says what was chosen and what will be refused, before it is sent. The form works without it.

const input = document.getElementById("files");
const chosen = document.getElementById("files-chosen");

function describe() {
  const files = [...input.files];
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const mostFiles = Number(input.dataset.mostFiles);
  const mostBytes = Number(input.dataset.mostMegabytes) * 1e6;
  let problem = "";
  if (files.length > mostFiles) {
    problem = `一次最多检查 ${mostFiles} 份，现在选了 ${files.length} 份；请分几次提交。`;
  } else if (bytes > mostBytes) {
    problem = `这些文件加起来超过 ${input.dataset.mostMegabytes} MB；请分几次提交。`;
  }
  input.setCustomValidity(problem);
  const names = files.map((file) => file.name).join("、");
  chosen.textContent = problem || (files.length ? `已选 ${files.length} 份：${names}` : "");
}

input.addEventListener("change", describe);

for (const zone of document.querySelectorAll(".drop")) {
  const mark = (on) => zone.classList.toggle("drop-over", on);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  zone.addEventListener("dragleave", () => mark(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    const field = zone.querySelector("input");
    const files = event.dataTransfer.files;
    if (files.length === 0 || (!field.multiple && files.length > 1)) return;
    field.files = files;
    field.dispatchEvent(new Event("change"));
  });
}
