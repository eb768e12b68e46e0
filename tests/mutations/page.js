// A form of one screen after the other: what is entered is kept, and sent once by the last button.
const main = document.querySelector('main');
const answers = {};
let at = 0;
const roots = () => {
  const frame = main.querySelector('iframe'), host = main.querySelector('contact-fields');
  return [main, host && host.shadowRoot, frame && frame.contentDocument].filter(Boolean);
};
const entered = root => {
  for (const each of root.querySelectorAll('input:not([type=radio]):not([type=checkbox]), select, textarea'))
    answers[each.id] = each.value;
  for (const each of root.querySelectorAll('input[type=checkbox]')) answers[each.id] = each.checked ? 'yes' : '';
  for (const each of root.querySelectorAll('[role=radiogroup], fieldset'))
    answers[each.id] = (each.querySelector('input:checked') || {value: ''}).value;
  for (const each of root.querySelectorAll('[role=combobox]')) answers[each.id] = each.chosen || '';
};
// A list that opens under what looks like a box.
const opens = root => box => {
  const list = root.querySelector('#' + CSS.escape(box.getAttribute('aria-controls')));
  const show = is => { list.hidden = !is; box.setAttribute('aria-expanded', is); };
  box.onclick = () => show(list.hidden);
  box.onkeydown = event => {
    if (event.key === 'Escape') show(false);
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); show(true); }
  };
  for (const option of list.children) option.onclick = () => {
    box.chosen = option.value_;
    box.textContent = option.textContent;
    show(false);
  };
};
const wired = (root, values) => {
  root.querySelectorAll('[role=option]').forEach(each => { each.value_ = values[each.id]; });
  root.querySelectorAll('[role=combobox]').forEach(opens(root));
  root.querySelectorAll('form').forEach(form => { form.onsubmit = go; });
};
const complain = () => {
  const empty = SITE.strict && SITE.pages[at].required.find(id => id in answers && !answers[id]);
  main.querySelector('[role=alert]').textContent = empty ? SITE.complaint : '';
  return empty;
};
const go = async event => {
  event.preventDefault();
  roots().forEach(entered);
  if (complain()) return;
  if (at < SITE.pages.length - 1) { at += 1; show(); return; }
  const reply = await fetch('/send', {method: 'POST', body: JSON.stringify(answers)});
  if (reply.ok) main.innerHTML = '<h1>Thank you</h1><p>We have received your message.</p>';
};
const show = () => {
  const page = SITE.pages[at];
  main.innerHTML = page.html;
  const host = main.querySelector('contact-fields');
  if (host) host.attachShadow({mode: 'open'}).innerHTML = page.shadow;
  const frame = main.querySelector('iframe');
  if (frame) frame.onload = () => wired(frame.contentDocument, page.values);
  roots().forEach(root => wired(root, page.values));
};
show();
