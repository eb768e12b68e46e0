import Tagify from '@yaireo/tagify';
import '@yaireo/tagify/dist/tagify.css';
import { posts, root } from './form.js';

root.innerHTML = `<p><label for="free">Words</label> <input id="free" name="free">
<p><label for="fixed">Reasons</label> <input id="fixed" name="fixed">
<p><label for="one">Reason</label> <input id="one" name="one">`;
const whitelist = ['Late', 'Lost', 'Lost and found', 'Wet'];
const made = {
  free: new Tagify(document.querySelector('#free')),
  fixed: new Tagify(document.querySelector('#fixed'), { whitelist, enforceWhitelist: true, dropdown: { enabled: 0 } }),
  one: new Tagify(document.querySelector('#one'), { whitelist, enforceWhitelist: true, mode: 'select', dropdown: { enabled: 0 } }),
};
for (const [name, tagify] of Object.entries(made)) posts(name, () => tagify.value.map(({ value }) => value).join(','));
