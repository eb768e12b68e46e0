import Pikaday from 'pikaday';
import 'pikaday/css/pikaday.css';
import { root } from './form.js';

root.innerHTML = `<p><label for="typed">Mailed on</label> <input id="typed" name="typed">
<p><label for="iso">Lost on</label> <input id="iso" name="iso">
<p><label for="closed">Found on</label> <input id="closed" name="closed" readonly>`;
new Pikaday({ field: document.querySelector('#typed'), format: 'MM/DD/YYYY' });
new Pikaday({ field: document.querySelector('#iso'), toString: (day) => day.toLocaleDateString('en-CA') });
new Pikaday({ field: document.querySelector('#closed'), toString: (day) => day.toLocaleDateString('en-CA') });
