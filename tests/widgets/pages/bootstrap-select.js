import $ from './jquery.js';
import 'bootstrap4/dist/css/bootstrap.css';
import 'bootstrap-select/dist/css/bootstrap-select.css';
import { root } from './form.js';

// It takes the jQuery of the page, and Bootstrap's dropdown of its day.
await import('bootstrap4/dist/js/bootstrap.bundle.js');
await import('bootstrap-select');
const options = '<option>Late<option>Lost<option>Lost and found<option>Wet';
root.innerHTML = `<p><label for="one">Reason</label> <select id="one" name="one" title="Choose">${options}</select>
<p><label for="found">Found reason</label> <select id="found" name="found" title="Choose" data-live-search="true">${options}</select>
<p><label for="many">Reasons</label> <select id="many" name="many" multiple data-actions-box="true">${options}</select>`;
$('select').selectpicker();
