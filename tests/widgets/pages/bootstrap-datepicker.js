import $ from './jquery.js';
import 'bootstrap-datepicker/dist/css/bootstrap-datepicker3.css';
import { root } from './form.js';

await import('bootstrap-datepicker');
root.innerHTML = `<p><label for="typed">Mailed on</label> <input id="typed" name="typed">
<p><label for="closed">Lost on</label> <input id="closed" name="closed" readonly>
<p><label for="grouped">Found on</label> <span class="input-group date"><input id="grouped" name="grouped"><span class="input-group-addon">...</span></span>`;
$('#typed').datepicker({ autoclose: true });
$('#closed').datepicker({ autoclose: true });
$('.date').datepicker({ format: 'dd.mm.yyyy' });
