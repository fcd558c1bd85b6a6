// Runs before the page is drawn: the reader's own choice of light or dark, if they made one.
try {
  const theme = localStorage.getItem("stoa.theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's choice holds.
}
