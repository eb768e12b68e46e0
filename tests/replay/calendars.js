// Calendars as three families of widgets build them: a table, a grid, and lists for month and year.
// Six weeks of a month are drawn, with days of the months before and after; all begin with November 2026.
const two = (number) => String(number).padStart(2, '0');
const make = ({ field, write, frame, cell, head, close = true, off = () => false, most = '2099-12', takes = (day) => day, later }) => {
  let [year, month, chosen] = [2026, 11, null];
  const popup = document.createElement('div');
  popup.style = 'position: absolute; top: 40px; left: 0; background: white; z-index: 9; min-width: 300px';
  popup.className = 'popup';
  popup.hidden = true;
  document.body.append(popup);
  const hide = () => { popup.hidden = true; };
  const take = (day) => { field[field.localName === 'button' ? 'textContent' : 'value'] = write(...takes(day)); };
  const draw = () => {
    const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
    const days = Array.from({ length: 42 }, (_, n) => new Date(Date.UTC(year, month - 1, n - first + 1)))
      .map((date) => [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
    popup.innerHTML = frame(head(year, month), days.map((day) => cell(day, day[1] !== month, off(day))));
    popup.querySelectorAll('[data-n]').forEach((each, n) => {
      each.onclick = () => {
        if (off(days[n])) return;
        chosen = days[n];
        if (later) return;
        take(chosen);
        if (close) hide();
      };
    });
    if (later) popup.querySelector('#done').onclick = () => { if (chosen) take(chosen); hide(); };
  };
  popup.turn = (by) => {
    const there = new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 7);
    if (there <= most) [year, month] = there.split('-').map(Number);
    draw();
  };
  popup.set = (name, number) => { [year, month] = name === 'year' ? [number, month] : [year, number]; draw(); };
  addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
  addEventListener('mousedown', (event) => { if (!popup.contains(event.target) && event.target !== field) hide(); });
  return () => { popup.hidden = false; draw(); };
};
const weeks = (cells, open, end) => Array.from({ length: 6 }, (_, n) => open + cells.slice(7 * n, 7 * n + 7).join('') + end).join('');

// Days of other months look like all others, and arrows are no buttons.
const GERMAN = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'];
const WEEK = ['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'].map((each) => `<th>${each}</th>`).join('');
const table = (field) => make({ field,
  write: (y, m, d) => `${two(d)}.${two(m)}.${y}`,
  head: (y, m) => `${GERMAN[m - 1]} ${y}`,
  frame: (head, cells) => `<table><thead><tr><th style='cursor: pointer' onclick='this.closest(\`.popup\`).turn(-1)'>«</th><th colspan=5>${head}</th>
    <th style='cursor: pointer' onclick='this.closest(\`.popup\`).turn(1)'>»</th></tr><tr>${WEEK}</tr></thead>
    <tbody>${weeks(cells, '<tr>', '</tr>')}</tbody></table><p>Heute: 29. April 2020</p>`,
  cell: ([, , d], other) => `<td data-n class='day${other ? ' old' : ''}' style='cursor: pointer'>${d}</td>`,
});

// It stays open over what sends, and one day cannot be had.
const grid = (field) => make({ field, close: false, most: '2027-03',
  write: (y, m, d) => `${y}년 ${m}월 ${d}일`,
  head: (y, m) => `<b>${y}년</b><b>${m}월</b>`,
  off: ([, m, d]) => m === 11 && d === 12,
  frame: (head, cells) => `<div role=dialog><button type=button aria-label='지난 해' onclick='this.closest(\`.popup\`).turn(-12)'>◂◂</button>
    <button type=button aria-label='이전 달' onclick='this.closest(\`.popup\`).turn(-1)'>◂</button>${head}
    <button type=button aria-label='다음 달' onclick='this.closest(\`.popup\`).turn(1)'>▸</button>
    <button type=button aria-label='다음 해' onclick='this.closest(\`.popup\`).turn(12)'>▸▸</button>
    <div role=grid>${weeks(cells, '<div role=row style="display: flex">', '</div>')}</div></div>`,
  cell: ([y, m, d], other, off) => `<div role=gridcell ${off ? 'aria-disabled=true' : ''}>
    <span role=button data-n aria-label='${y}년 ${m}월 ${d}일'>${d}</span></div>`,
});

// Nothing counts before “OK”, and no day of July can be had.
const ENGLISH = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const list = (name, each, now) => `<select onchange="this.closest('.popup').set('${name}', Number(value))">${each.map(([value, words]) =>
  `<option value=${value} ${value === now ? 'selected' : ''}>${words}</option>`).join('')}</select>`;
const lists = (field, takes) => make({ field, takes, later: true,
  write: (y, m, d) => `${ENGLISH[m - 1]} ${d}, ${y}`,
  head: (y, m) => list('month', ENGLISH.map((each, n) => [n + 1, each]), m)
    + list('year', Array.from({ length: 90 }, (_, n) => [1950 + n, 1950 + n]), y),
  off: ([, m]) => m === 7,
  frame: (head, cells) => `<div>${head}</div>${weeks(cells, '<div>', '</div>')}
    <button type=button>Cancel</button> <button type=button id=done>OK</button>`,
  cell: ([, , d], other, off) => (other ? '<i data-n></i>'
    : `<a data-n class='c${off ? ' is-disabled' : ''}' style='display: inline-block; width: 2em'>${d}</a>`),
});
