import flatpickr from 'flatpickr';
import 'flatpickr/dist/flatpickr.css';
import { root } from './form.js';

root.innerHTML = `<p><label>Mailed on <input id="typed" name="typed"></label>
<p><label>Lost on <input id="clicked" name="clicked"></label>
<p><label>Found on <input id="other" name="other"></label>`;
flatpickr('#typed', { allowInput: true });
flatpickr('#clicked', {});
flatpickr('#other', { altInput: true, allowInput: true, altFormat: 'F j, Y' });
