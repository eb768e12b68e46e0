import AirDatepicker from 'air-datepicker';
import en from 'air-datepicker/locale/en.js';
import 'air-datepicker/air-datepicker.css';
import { root } from './form.js';

root.innerHTML = `<p><label for="typed">Mailed on</label> <input id="typed" name="typed">
<p><label for="closed">Lost on</label> <input id="closed" name="closed" readonly>`;
const locale = en.default ?? en;
new AirDatepicker('#typed', { locale });
new AirDatepicker('#closed', { locale });
