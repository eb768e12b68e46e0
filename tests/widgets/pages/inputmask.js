import Inputmask from 'inputmask';
import { root } from './form.js';

const masks = { phone: ['Phone', { mask: '(999) 999-9999' }], zip: ['Zip', { mask: '99999[-9999]' }],
  day: ['Mailed on', { alias: 'datetime', inputFormat: 'mm/dd/yyyy' }], amount: ['Amount', { alias: 'currency', prefix: '$ ' }],
  email: ['Email', { alias: 'email' }] };
root.innerHTML = Object.entries(masks).map(([id, [label]]) => `<p><label for="${id}">${label}</label> <input id="${id}" name="${id}">`).join('');
for (const [id, [, mask]] of Object.entries(masks)) new Inputmask(mask).mask(document.querySelector(`#${id}`));
