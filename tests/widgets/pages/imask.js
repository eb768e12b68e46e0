import IMask from 'imask';
import { root } from './form.js';

root.innerHTML = `<p><label>Phone <input id="phone" name="phone"></label><p><label>Zip <input id="zip" name="zip"></label>
<p><label>Amount <input id="amount" name="amount"></label><p><label>Mailed on <input id="day" name="day"></label>`;
IMask(document.querySelector('#phone'), { mask: '+{1} (000) 000-0000' });
IMask(document.querySelector('#zip'), { mask: '00000[-0000]' });
IMask(document.querySelector('#amount'), { mask: Number, thousandsSeparator: ',', radix: '.', scale: 2 });
IMask(document.querySelector('#day'), { mask: Date });
