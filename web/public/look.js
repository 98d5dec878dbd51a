/* Before the first paint; app/look.js keeps what is read here. */
try {
  const look = localStorage.getItem('capsa-look');
  if (look === 'light' || look === 'dark') document.documentElement.dataset.look = look;
} catch {
  /* storage is refused: the system decides */
}

/* A frame without an origin loads no module, and this file all the same. */
addEventListener('load', () => {
  if (!document.body.dataset.state) document.getElementById('not-started').hidden = false;
});
